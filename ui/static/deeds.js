// What can be done under an answer with a way of answering, and with what was just decided: who is who, who may read.
// Everything goes through REST, and what is shown is what REST says now: a chat that is opened again shows how it stands.
{
  const { ask, say, day, known } = window.keepsake;
  const UNDO = 10; // seconds
  const MOST = 5; // of several who may be meant
  const id = encodeURIComponent;
  const STATIONS = { waits: "waits for your approval", trial: "on trial", active: "in use", retired: "given up" };

  window.keepsake.station = (skill) => (STATIONS[skill.station] ? say(STATIONS[skill.station]) : "");
  // A version that was made just now, as it would stand under an answer.
  const asTold = (made) => ({ id: made.id, kind: "procedure", says: made.text, rule: made.rule, edition: made.edition, station: made.needs_approval ? "waits" : made.status });

  window.keepsake.deeds = (React) => {
    const { createElement, useEffect, useRef, useState } = React;
    const tag = (name) => (attributes, ...children) => createElement(name, attributes, ...children);
    const [button, div, form, input, label, p, span] = ["button", "div", "form", "input", "label", "p", "span"].map(tag);
    const press = (words, onClick, more = {}) => button({ type: "button", onClick, ...more }, words);

    // `done(said, undo, made)`: what to say, what takes it back, and a version that was made.
    const SkillVerbs = ({ skill, done }) => {
      const [rule, setRule] = useState(null);
      const path = "procedures/" + id(skill.id);
      const undo = (made) => () => ask(`decisions/${id(made.decision)}/undo`, "POST");
      const decide = (verb, said) => ask(`${path}/${verb}`, "POST").then((made) => done(said, undo(made)), (fault) => done(fault.message));
      const reword = (event) => {
        event.preventDefault();
        if (!rule.trim()) return;
        ask(path, "PUT", { rule }).then((made) => {
          setRule(null);
          done(made.needs_approval ? say("A changed wording is a version of its own. It waits for your approval.") : say("Used from now on."), undo(made), asTold(made));
        }, (fault) => done(fault.message));
      };
      if (rule !== null) return form({ className: "keepsake-verbs", onSubmit: reword },
        label(null, say("What to do"), " ", input({ autoFocus: true, value: rule, maxLength: 300, onChange: (event) => setRule(event.target.value) })),
        button({ type: "submit" }, say("Save as a new version")), press(say("Cancel"), () => setRule(null)));
      const open = skill.station === "waits" || skill.station === "trial";
      return createElement(React.Fragment, null,
        open && press(say("Approve"), () => decide("approve", say("Approved."))),
        skill.station !== "retired" && press(say("Edit…"), () => setRule(skill.rule)),
        open && press(say("Reject"), () => decide("reject", say("Rejected."))),
        skill.station === "active" && skill.edition > 1 && press(say("Go back to the version before"), () => decide("rollback", say("Back to the version before."))),
        skill.station === "active" && press(say("Stop doing this"), () => decide("retire", say("Done no more."))),
        skill.station === "retired" && press(say("Use it again"), () => decide("rollback", say("Used again."))));
    };

    // One line with what was done, a button for it, and for ten seconds the way back.
    const Line = ({ text, verb, work, did }) => {
      const [done, setDone] = useState(null);
      const timer = useRef();
      useEffect(() => () => clearTimeout(timer.current), []);
      const told = (said, undo) => {
        setDone({ said, undo });
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setDone(null), UNDO * 1000);
      };
      const act = () => work().then((undo) => told(did, undo), (fault) => told(fault.message));
      const back = () => done.undo().then(() => setDone(null), (fault) => told(fault.message));
      return div({ className: "keepsake-verbs" },
        span({ dir: "auto" }, text),
        !done && verb && press(verb, act),
        done && span({ role: "status", className: "keepsake-done" }, done.said, " ", done.undo && press(say("Undo ({n} s)", { n: UNDO }), back, { autoFocus: true })));
    };

    const Shares = ({ given, deed }) => given.filter((grant) => deed.ids.includes(grant.id)).map((grant) => createElement(Line, {
      key: grant.id,
      text: `${grant.reader} · ${grant.topic || say("everything")} · ${!grant.holds ? say("ended") : grant.expires_at ? say("until {day}", { day: day(grant.expires_at) }) : say("since {day}", { day: day(grant.given_at) })}`,
      verb: grant.holds && say("End sharing with {name}", { name: grant.reader }),
      did: say("Nothing of it can be read any more."),
      work: () => ask(`shares/${id(grant.id)}/revoke`, "POST").then((made) => () => ask(`decisions/${id(made.decision)}/undo`, "POST")),
    }));

    const Decided = ({ decision, decisions }) => {
      const found = decisions.find((one) => one.id === decision);
      const text = !found ? say("Taken back.") : found.kind === "merge" ? say("Taken for one.") : say("Told apart.");
      return createElement(Line, { text, verb: found && say("Undo"), did: "", work: () => ask(`graph/decisions/${id(decision)}/undo`, "POST").then(() => null) });
    };

    // Several have the name: which of them it is, by what is known of each.
    const Which = ({ deed, graph, chosen }) => {
      const [words, setWords] = useState({});
      const people = graph.entities.filter((one) => deed.ids.includes(one.id)).slice(0, MOST);
      const fact = (one) => one.mentions[one.mentions.length - 1].fact;
      const names = people.map(fact).join();
      useEffect(() => {
        let here = true;
        known(people.map(fact)).then(({ memories }) => here && setWords(memories), () => {});
        return () => { here = false; };
      }, [names]);
      const other = graph.entities.find((one) => one.id === deed.others[0]);
      if (!other || people.length < 2) return p(null, say("This was decided since."));
      const named = (one, says) => (says.includes(one.name) ? says : `${one.name}: ${says}`);
      const merge = (one) => () => ask("graph/merge", "POST", { one: other.id, other: one.id }).then((made) => chosen(made.decision), () => {});
      return div({ role: "group", "aria-label": say("Which one is it?") },
        p(null, say("Which one is it?")),
        div({ className: "keepsake-verbs" }, people.map((one) => press(named(one, words[fact(one)] ? words[fact(one)].says : "…"), merge(one), { key: one.id, dir: "auto" }))));
    };

    const Deed = ({ deed }) => {
      const [found, setFound] = useState(null);
      const [decision, setDecision] = useState(deed.what === "who" ? deed.ids[0] : "");
      useEffect(() => {
        let here = true;
        const look = () => ask(deed.what === "share" ? "shares" : "graph").then((told) => here && setFound(told), () => {});
        look();
        window.addEventListener("keepsake-changed", look);
        return () => { here = false; window.removeEventListener("keepsake-changed", look); };
      }, []);
      if (!found) return null;
      return div({ className: "keepsake-deed", "data-testid": "deed" },
        deed.what === "share" && createElement(Shares, { given: found.given, deed }),
        decision && createElement(Decided, { decision, decisions: found.decisions }),
        deed.what === "which" && !decision && createElement(Which, { deed, graph: found, chosen: setDecision }));
    };

    return { SkillVerbs, Deed };
  };
}
