// Under an answer: the memories it rests on, what to do with each, what was learned, and why: what was sent.
// Chainlit compiles and runs its elements anew at every change of the chat, one by one. So MemoryUsed.jsx is one line,
// and what it draws is here, as functions that stay the same: nothing is compiled, and what is open stays open.
{
  const { ask, say, day, known, account: accountOf } = window.keepsake;
  const SHOWN = 3; // at first; the rest is a click away
  const UNDO = 10; // seconds
  const LOOKS = [3000, 10000]; // milliseconds after the answer: what it taught is learned in the background
  const LONGEST = 160; // characters of a memory
  const NOON = "T12:00:00Z"; // of the day until which a memory is kept: as the pages have it
  const tomorrow = () => new Date(Date.now() + 86400000).toISOString().slice(0, 10);
  const id = encodeURIComponent;
  const SECTIONS = {
    instructions: "instructions", memories: "memories", wishes: "your wishes", profile: "what is known of you", "ways of answering": "ways of answering", conversation: "this conversation",
  };

  const parts = (React) => {
    const { createElement, useEffect, useRef, useState } = React;
    const tag = (name) => (attributes, ...children) => createElement(name, attributes, ...children);
    const [a, button, details, div, em, form, input, label, li, mark, ol, p, pre, section, small, span, summary, time, ul] = [
      "a", "button", "details", "div", "em", "form", "input", "label", "li", "mark", "ol", "p", "pre", "section", "small", "span", "summary", "time", "ul",
    ].map(tag);
    const press = (words, onClick, more = {}) => button({ type: "button", onClick, ...more }, words);
    const { SkillVerbs, Deed } = window.keepsake.deeds(React);
    const part = (role, ...children) => div(null, p({ className: "keepsake-role" }, role), ...children);

    const Because = ({ reasons }) => {
      const told = [...reasons].sort((one, other) => other.value - one.value).filter((reason) => reason.value >= 0.1 || reason.value <= -0.3);
      return small(null, told.map((reason) => `${say(window.keepsake.reasons[reason.name] || reason.name)} (${reason.value > 0 ? "+" : ""}${reason.value.toFixed(2)})`).join(", "));
    };

    const Again = ({ receipt }) => {
      const [both, setBoth] = useState(null);
      const [state, setState] = useState("");
      const compare = () => {
        setState(say("Asking again…"));
        ask(`receipts/${id(receipt)}/again`, "POST").then((found) => { setBoth(found); setState(""); }, (fault) => setState(fault.message));
      };
      const side = (other) => both.stretches.filter((found) => found.side !== other).map((found, index) => (found.side === "both" ? span : mark)({ key: index }, found.words));
      return div(null,
        !both && press(say("Answer again without memory"), compare, { disabled: state !== "" }),
        p({ role: "status" }, state),
        both && div({ className: "keepsake-sides" },
          part(say("with memory"), p({ dir: "auto" }, both.with_memory ? side("without") : say("This answer was not kept."))),
          part(say("without memory"), p({ dir: "auto" }, both.with_memory ? side("with") : both.without_memory))));
    };

    const Receipt = ({ receipt: name }) => {
      const [receipt, setReceipt] = useState();
      const [exact, setExact] = useState(false);
      useEffect(() => { ask("receipts/" + id(name)).then(setReceipt, () => setReceipt(null)); }, [name]);
      if (receipt === undefined) return p(null, "…");
      if (receipt === null) return p(null, say("The receipt is gone with its conversation."));
      const elsewhere = receipt.place === "elsewhere";
      const here = elsewhere ? "" : " " + say("Nothing left this machine.");
      const sent = receipt.messages.length > 0;
      // kinds of details are in capitals, sensitive topics are not
      const ruled = (wanted) => receipt.rules.filter(([about, how]) => about !== "memories" && wanted(about === about.toUpperCase(), how)).map(([about]) => say(window.keepsake.abouts[about] || about));
      const plain = ruled((detail, how) => detail && how === "send"), cut = ruled((detail, how) => !detail && how !== "send");
      const tokens = receipt.sections.reduce((sum, found) => sum + found.tokens, 0);
      const weighed = (found) => ul(null, found.map((one) => li({ key: one.memory, dir: "auto" },
        receipt.used.includes(one.memory) && span({ className: "keepsake-number" }, `[${receipt.used.indexOf(one.memory) + 1}] `),
        one.text ? one.text.slice(0, LONGEST) : em(null, say("forgotten")), " ", createElement(Because, { reasons: one.reasons }))));
      return section({ className: "keepsake-receipt", "aria-label": say("Why this answer"), "data-testid": "receipt" },
        sent
          ? p(null, say("Sent to {model}.", { model: receipt.model }), here, " ", receipt.complete ? say("This is everything that was sent:") : say("Everything that was sent, less what was forgotten since:"))
          : p(null, say("Nothing was sent to a model: this is a quotation of your own words, or a fixed sentence."), here),
        sent && elsewhere && p(null, say("Personal details that were recognised left as placeholders; here you see your own words."),
          plain.length > 0 && " " + say("As they are, as you decided: {what}.", { what: plain.join(", ") }),
          cut.length > 0 && " " + say("Left out on the way: sentences about {what}.", { what: cut.join(", ") })),
        sent && p(null, say("About {n} tokens:", { n: tokens }), " ", receipt.sections.map((found) => `${say(SECTIONS[found.name] || found.name)} ${found.tokens}`).join(" · ")),
        receipt.chosen.length > 0 && part(say("chosen because"), weighed(receipt.chosen)),
        receipt.near_misses.length > 0 && details(null, summary(null, say("Also considered, not used ({n})", { n: receipt.near_misses.length })), weighed(receipt.near_misses)),
        receipt.left_out.length > 0 && p(null, span({ className: "keepsake-role" }, say("left out")), " ", receipt.left_out.map(([why, n]) => say(window.keepsake.absences[why] || why, { n })).join(" · ")),
        receipt.kept_here.length > 0 && part(say("not sent to this model, as you decided"), ul(null, receipt.kept_here.map((one) => li({ key: one.memory, dir: "auto" },
          one.text ? one.text.slice(0, LONGEST) : em(null, say("forgotten")), " ", small(null, say(window.keepsake.abouts[one.why] || one.why)))))),
        sent && press(exact ? say("Hide the exact text") : say("See the exact text"), () => setExact(!exact), { "aria-expanded": exact }),
        exact && receipt.tools.length > 0 && part("tools", pre({ tabIndex: 0 }, receipt.tools.join(", "))),
        exact && receipt.messages.map((message, index) => div({ key: index }, p({ className: "keepsake-role" }, message.role),
          pre({ dir: "auto", tabIndex: 0 }, [message.text, ...message.calls.map((call) => `${call.tool} ${call.arguments}`)].filter(Boolean).join("\n")))),
        createElement(Again, { receipt: name }));
    };

    // What can be done with a memory, each in one click and taken back in one.
    const Verbs = ({ memory, receipt, done }) => {
      const [value, setValue] = useState(null);
      const [until, setUntil] = useState(null);
      const belief = memory.kind === "fact" || memory.kind === "preference";
      const path = "memories/" + id(memory.id);
      const confirm = () => ask(path + "/confirm", "POST");
      const act = (said, work, undo) => work.then((made) => done(said, () => undo(made)), (fault) => done(fault.message));
      const correct = (event) => {
        event.preventDefault();
        if (value.trim()) act(say("Corrected."), ask(path + "/correct", "POST", { value }), confirm);
      };
      const these = { ids: [memory.id] };
      const keep = (event) => {
        event.preventDefault();
        const work = ask("memories/" + id(memory.id)).then((before) => ask("keep-until", "POST", { ...these, until: until + NOON }).then(() => before));
        act(say("Kept until then."), work, (before) => ask("keep-until", "POST", { ...these, until: before.keep_until }));
      };
      if (until !== null) return form({ className: "keepsake-verbs", onSubmit: keep },
        label(null, say("Kept until"), " ", input({ type: "date", autoFocus: true, required: true, min: tomorrow(), value: until, onChange: (event) => setUntil(event.target.value) })),
        button({ type: "submit" }, say("Keep until then")), press(say("Cancel"), () => setUntil(null)));
      if (value !== null) return form({ className: "keepsake-verbs", onSubmit: correct },
        label(null, say("What is right?"), " ", input({ autoFocus: true, value, maxLength: 500, onChange: (event) => setValue(event.target.value) })),
        button({ type: "submit" }, say("Correct")), press(say("Cancel"), () => setValue(null)));
      return div({ className: "keepsake-verbs", role: "group", "aria-label": say("What to do with this memory") },
        memory.kind === "procedure" && createElement(SkillVerbs, { skill: memory, done }),
        belief && press(say("Correct…"), () => setValue("")),
        belief && press(say("Outdated"), () => act(say("It is no longer so."), ask(path + "/ended", "POST", {}), confirm)),
        belief && press(say("Not about me"), () => act(say("It is not about you."), ask(path + "/not-mine", "POST"), confirm)),
        receipt && press(say("Don't use for this topic"), () => act(say("Not used for questions like this."), ask(path + "/not-here", "POST", { receipt }), (made) => ask("reservations/" + id(made.id), "DELETE"))),
        memory.kind !== "procedure" && press(say("Pause"), () => act(say("Paused."), ask("pause", "POST", these), () => ask("resume", "POST", these))),
        memory.kind !== "procedure" && press(say("Keep until…"), () => setUntil("")),
        press(say("Forget"), () => act(say("Forgotten."), ask("forget", "POST", { ids: [memory.id] }), (made) => ask(`forgettings/${id(made.id)}/undo`, "POST"))));
    };

    // `told`: its words; null: it is forgotten; undefined: nobody knows yet.
    const Memory = ({ memory: name, told, number, receipt, changed }) => {
      const [taught, setTaught] = useState([]);
      const [open, setOpen] = useState(false);
      const [done, setDone] = useState(null);
      const timer = useRef();
      useEffect(() => () => clearTimeout(timer.current), []);
      const toggle = () => {
        setOpen(!open);
        if (open) return;
        accountOf(name).then((found) => {
          const beliefs = found.taught.filter((one) => one.kind !== "episode").slice(0, 3).map((one) => one.id);
          return known(beliefs).then(({ memories }) => setTaught(beliefs.map((one) => memories[one]).filter(Boolean)));
        }).catch(() => {});
      };
      const acted = (said, undo, made) => {
        setOpen(Boolean(made));
        setTaught(made ? [made] : []);
        setDone({ said, undo });
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setDone(undo ? { said } : null), UNDO * 1000);
        if (undo) changed(number, true);
      };
      const undo = () => done.undo().then(
        () => { clearTimeout(timer.current); setDone(null); changed(number, false); }, (fault) => setDone({ said: fault.message }));
      const waits = Boolean(told && told.station === "waits"); // what to do with it is asked, and not a click away
      const about = (one) => div({ key: one.id },
        one !== told && p({ dir: "auto" }, told.kind === "procedure" ? say("The new version:") : say("Learned from it:"), " ", one.says.slice(0, LONGEST)),
        createElement(Verbs, { memory: one, receipt: one === told ? receipt : "", done: acted }));
      return li(null,
        span({ className: "keepsake-number" }, number ? `[${number}]` : "+"), " ",
        told === null && em(null, say("forgotten")),
        told && a({ href: "/memory/" + id(name), dir: "auto" }, number > 0 && time(null, day(told.occurred_at)), number > 0 && " ", told.says.slice(0, LONGEST)),
        told && told.station && small(null, " · ", window.keepsake.station(told)),
        told && !waits && press(number ? "⋯" : say("Edit"), toggle, { "aria-expanded": open, "aria-label": say("Change or forget this memory") }),
        (open || waits) && told && [told, ...taught].map(about),
        done && p({ role: "status", className: "keepsake-done" }, done.said, " ", done.undo && press(say("Undo ({n} s)", { n: UNDO }), undo)));
    };

    // Keeps ids only: the words come with the answer or are asked for, so what was forgotten is gone from old answers too.
    return function MemoryUsed({ ids = [], best = ids.map((_, index) => index), considered, receipt, heard, told, deed, sendUserMessage }) {
      const [, setReady] = useState(false);
      const [open, setOpen] = useState(false);
      const [all, setAll] = useState(false);
      const [changes, setChanges] = useState([]);
      const [learned, setLearned] = useState([]);
      const [asked, setAsked] = useState("");
      const [words, setWords] = useState(told || {});
      const shown = [...ids, ...learned];
      const names = shown.join();
      useEffect(() => { window.keepsake.ready.then(() => setReady(true)); }, []);
      useEffect(() => {
        let here = true;
        const fetched = () => known(shown).then(({ memories }) => here && setWords(Object.fromEntries(shown.map((name) => [name, memories[name] || null]))), () => {});
        if (!shown.every((name) => name in words)) fetched();
        window.addEventListener("keepsake-changed", fetched);
        return () => { here = false; window.removeEventListener("keepsake-changed", fetched); };
      }, [names]);
      useEffect(() => {
        if (!heard) return undefined;
        const look = () => known([], [heard]).then(({ memories, taught }) => {
          const learnedNow = taught[heard] || [];
          setAsked((memories[heard] || {}).says || "");
          setWords((before) => ({ ...before, ...Object.fromEntries(learnedNow.map((name) => [name, memories[name]])) }));
          setLearned(learnedNow);
        }, () => {});
        look(); // in one request with the words of what was used
        const timers = LOOKS.map((wait) => setTimeout(look, wait));
        return () => timers.forEach(clearTimeout);
      }, [heard]);
      const changed = (number, is) => setChanges((before) => (is ? [...new Set([...before, number])] : before.filter((one) => one !== number)));
      const used = ids.length === 0 ? say("Used no memories") : say("Used {n} of {all} memories", { n: ids.length, all: considered });
      const based = changes.filter((number) => number > 0);
      const memory = (name, number) => createElement(Memory, { key: name, memory: name, told: words[name], number, receipt: number ? receipt : "", changed });
      return div({ className: "keepsake-line", "data-testid": "memory-used" },
        p(null, used, learned.length > 0 && ` · ${say("learned {n} new", { n: learned.length })}`,
          receipt && press(say("Why?"), () => setOpen(!open), { "aria-expanded": open })),
        ids.length > 0 && ol(null, best.slice(0, all ? ids.length : SHOWN).map((place) => memory(ids[place], place + 1))),
        ids.length > SHOWN && press(all ? say("Show fewer") : say("Show all {n}", { n: ids.length }), () => setAll(!all), { className: "keepsake-more", "aria-expanded": all }),
        learned.length > 0 && ul({ "aria-label": say("Learned"), "data-testid": "learned" }, learned.map((name) => memory(name, 0))),
        based.length > 0 && p({ role: "status" }, say("This answer was based on {which}, which you changed since.", { which: based.map((number) => `[${number}]`).join(", ") }),
          asked && press(say("Answer again"), () => sendUserMessage(asked))),
        deed && createElement(Deed, { deed }),
        open && createElement(Receipt, { receipt }));
    };
  };

  let drawn; // the same for every answer
  window.keepsake.underAnswer = (React, props) => {
    drawn ||= parts(React);
    return React.createElement(drawn, props);
  };
}
