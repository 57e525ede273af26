import { useEffect, useRef, useState } from "react";

const { ask, say, day, account: accountOf } = window.keepsake;
const SHOWN = 3; // at first; the rest is a click away
const UNDO = 10; // seconds
const LOOKS = [0, 3000, 10000]; // milliseconds after the answer: what it taught is learned in the background
const id = encodeURIComponent;
const SECTIONS = {
  instructions: "instructions", memories: "memories", wishes: "your wishes", profile: "what is known of you", "ways of answering": "ways of answering", conversation: "this conversation",
};

function Because({ reasons }) {
  const told = [...reasons].sort((a, b) => b.value - a.value).filter((reason) => reason.value >= 0.1 || reason.value <= -0.3);
  return <small>{told.map((reason) => `${say(window.keepsake.reasons[reason.name] || reason.name)} (${reason.value > 0 ? "+" : ""}${reason.value.toFixed(2)})`).join(", ")}</small>;
}

function Again({ receipt }) {
  const [both, setBoth] = useState(null);
  const [state, setState] = useState("");
  const compare = () => {
    setState(say("Asking again…"));
    ask(`receipts/${id(receipt)}/again`, "POST").then((found) => { setBoth(found); setState(""); }, (fault) => setState(fault.message));
  };
  const side = (name, other) => both.stretches.filter((part) => part.side !== other).map((part, index) => (
    part.side === "both" ? <span key={index}>{part.words}</span> : <mark key={index}>{part.words}</mark>));
  return (
    <div>
      {!both && <button type="button" onClick={compare} disabled={state !== ""}>{say("Answer again without memory")}</button>}
      <p role="status">{state}</p>
      {both && <div className="keepsake-sides">
        <div><p className="keepsake-role">{say("with memory")}</p><p dir="auto">{both.with_memory ? side("with", "without") : say("This answer was not kept.")}</p></div>
        <div><p className="keepsake-role">{say("without memory")}</p><p dir="auto">{both.with_memory ? side("without", "with") : both.without_memory}</p></div>
      </div>}
    </div>
  );
}

function Receipt({ receipt: name }) {
  const [receipt, setReceipt] = useState();
  const [exact, setExact] = useState(false);
  useEffect(() => { ask("receipts/" + id(name)).then(setReceipt, () => setReceipt(null)); }, [name]);
  if (receipt === undefined) return <p>…</p>;
  if (receipt === null) return <p>{say("The receipt is gone with its conversation.")}</p>;
  const here = receipt.place === "elsewhere" ? "" : " " + say("Nothing left this machine.");
  const sent = receipt.messages.length > 0;
  const weighed = (found) => <ul>{found.map((one) => (
    <li key={one.memory} dir="auto">{receipt.used.includes(one.memory) && <span className="keepsake-number">[{receipt.used.indexOf(one.memory) + 1}] </span>}{one.text ? one.text.slice(0, 160) : <em>{say("forgotten")}</em>} <Because reasons={one.reasons} /></li>))}</ul>;
  return (
    <section className="keepsake-receipt" aria-label={say("Why this answer")} data-testid="receipt">
      {sent
        ? <p>{say("Sent to {model}.", { model: receipt.model })}{here} {receipt.complete ? say("This is everything that was sent:") : say("Everything that was sent, less what was forgotten since:")}</p>
        : <p>{say("Nothing was sent to a model: this is a quotation of your own words, or a fixed sentence.")}{here}</p>}
      {sent && receipt.place === "elsewhere" && <p>{say("Personal details that were recognised left as placeholders; here you see your own words.")}</p>}
      {sent && <p>{say("About {n} tokens:", { n: receipt.sections.reduce((sum, part) => sum + part.tokens, 0) })} {receipt.sections.map((part) => `${say(SECTIONS[part.name] || part.name)} ${part.tokens}`).join(" · ")}</p>}
      {receipt.chosen.length > 0 && <div><p className="keepsake-role">{say("chosen because")}</p>{weighed(receipt.chosen)}</div>}
      {receipt.near_misses.length > 0 && <details><summary>{say("Also considered, not used ({n})", { n: receipt.near_misses.length })}</summary>{weighed(receipt.near_misses)}</details>}
      {receipt.left_out.length > 0 && <p><span className="keepsake-role">{say("left out")}</span> {receipt.left_out.map(([why, n]) => say(window.keepsake.absences[why] || why, { n })).join(" · ")}</p>}
      {sent && <button type="button" aria-expanded={exact} onClick={() => setExact(!exact)}>{exact ? say("Hide the exact text") : say("See the exact text")}</button>}
      {exact && receipt.tools.length > 0 && <div><p className="keepsake-role">tools</p><pre tabIndex={0}>{receipt.tools.join(", ")}</pre></div>}
      {exact && receipt.messages.map((message, index) => (
        <div key={index}><p className="keepsake-role">{message.role}</p><pre dir="auto" tabIndex={0}>{[message.text, ...message.calls.map((call) => `${call.tool} ${call.arguments}`)].filter(Boolean).join("\n")}</pre></div>
      ))}
      <Again receipt={name} />
    </section>
  );
}

// What can be done with a memory, each in one click and taken back in one.
function Verbs({ memory, receipt, done }) {
  const [value, setValue] = useState(null);
  const belief = memory.kind === "fact" || memory.kind === "preference";
  const path = "memories/" + id(memory.id);
  const confirm = () => ask(path + "/confirm", "POST");
  const act = (said, work, undo) => work.then((made) => done(said, () => undo(made)), (fault) => done(fault.message));
  const correct = (event) => {
    event.preventDefault();
    if (value.trim()) act(say("Corrected."), ask(path + "/correct", "POST", { value }), confirm);
  };
  if (value !== null) return (
    <form className="keepsake-verbs" onSubmit={correct}>
      <label>{say("What is right?")} <input autoFocus value={value} maxLength={500} onChange={(event) => setValue(event.target.value)} /></label>
      <button type="submit">{say("Correct")}</button><button type="button" onClick={() => setValue(null)}>{say("Cancel")}</button>
    </form>
  );
  return (
    <div className="keepsake-verbs" role="group" aria-label={say("What to do with this memory")}>
      {belief && <button type="button" onClick={() => setValue("")}>{say("Correct…")}</button>}
      {belief && <button type="button" onClick={() => act(say("It is no longer so."), ask(path + "/ended", "POST", {}), confirm)}>{say("Outdated")}</button>}
      {belief && <button type="button" onClick={() => act(say("It is not about you."), ask(path + "/not-mine", "POST"), confirm)}>{say("Not about me")}</button>}
      {receipt && <button type="button" onClick={() => act(say("Not used for questions like this."), ask(path + "/not-here", "POST", { receipt }), (made) => ask("reservations/" + id(made.id), "DELETE"))}>{say("Don't use for this topic")}</button>}
      <button type="button" onClick={() => act(say("Forgotten."), ask("forget", "POST", { ids: [memory.id] }), (made) => ask(`forgettings/${id(made.id)}/undo`, "POST"))}>{say("Forget")}</button>
    </div>
  );
}

function Memory({ memory: name, number, receipt, changed }) {
  const [account, setAccount] = useState();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(null);
  const timer = useRef();
  const fetched = () => accountOf(name).then(setAccount, () => setAccount(null));
  useEffect(() => { fetched(); return () => clearTimeout(timer.current); }, [name]);
  const acted = (said, undo) => {
    setOpen(false);
    setDone({ said, undo });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setDone(undo ? { said } : null), UNDO * 1000);
    if (undo) { changed(number, true); fetched(); }
  };
  const undo = () => done.undo().then(
    () => { clearTimeout(timer.current); setDone(null); changed(number, false); fetched(); }, (fault) => setDone({ said: fault.message }));
  const memory = account && account.memory;
  const taught = account ? account.taught.filter((one) => one.kind === "fact" || one.kind === "preference").slice(0, 3) : [];
  const about = (one) => (
    <div key={one.id}>{one !== memory && <p dir="auto">{say("Learned from it:")} {one.text.slice(0, 160)}</p>}<Verbs memory={one} receipt={one === memory ? receipt : ""} done={acted} /></div>);
  return (
    <li>
      <span className="keepsake-number">{number ? `[${number}]` : "+"}</span>{" "}
      {account === null && <em>{say("forgotten")}</em>}
      {memory && <a href={"/memory/" + id(name)} dir="auto">{number > 0 && <time>{day(memory.occurred_at)}</time>} {memory.text.slice(0, 160)}</a>}
      {memory && <button type="button" aria-expanded={open} aria-label={say("Change or forget this memory")} onClick={() => setOpen(!open)}>{number ? "⋯" : say("Edit")}</button>}
      {open && memory && [memory, ...taught].map(about)}
      {done && <p role="status" className="keepsake-done">{done.said} {done.undo && <button type="button" onClick={undo}>{say("Undo ({n} s)", { n: UNDO })}</button>}</p>}
    </li>
  );
}

// Holds ids only: the words are fetched anew, so what was forgotten is gone from old answers too.
export default function MemoryUsed() {
  const [, setReady] = useState(false);
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const [changes, setChanges] = useState([]);
  const [learned, setLearned] = useState([]);
  const [asked, setAsked] = useState("");
  const ids = props.ids || [];
  const best = props.best || ids.map((_, index) => index); // which fitted best, by their places
  useEffect(() => { window.keepsake.ready.then(() => setReady(true)); }, []);
  useEffect(() => {
    if (!props.heard) return;
    const look = () => accountOf(props.heard).then((found) => {
      setAsked(found.memory.text);
      setLearned(found.taught.filter((one) => one.kind !== "episode").map((one) => one.id));
    }, () => {});
    const timers = LOOKS.map((wait) => setTimeout(look, wait));
    return () => timers.forEach(clearTimeout);
  }, [props.heard]);
  const changed = (number, is) => setChanges((before) => (is ? [...new Set([...before, number])] : before.filter((n) => n !== number)));
  const used = ids.length === 0 ? say("Used no memories") : say("Used {n} of {all} memories", { n: ids.length, all: props.considered });
  const based = changes.filter((number) => number > 0);
  return (
    <div className="keepsake-line" data-testid="memory-used">
      <p>
        {used}{learned.length > 0 && ` · ${say("learned {n} new", { n: learned.length })}`}
        {props.receipt && <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>{say("Why?")}</button>}
      </p>
      {ids.length > 0 && (
        <ol>{best.slice(0, all ? ids.length : SHOWN).map((place) => <Memory key={ids[place]} memory={ids[place]} number={place + 1} receipt={props.receipt} changed={changed} />)}</ol>
      )}
      {ids.length > SHOWN && (
        <button type="button" className="keepsake-more" aria-expanded={all} onClick={() => setAll(!all)}>{all ? say("Show fewer") : say("Show all {n}", { n: ids.length })}</button>
      )}
      {learned.length > 0 && <ul aria-label={say("Learned")} data-testid="learned">{learned.map((name) => <Memory key={name} memory={name} number={0} receipt="" changed={changed} />)}</ul>}
      {based.length > 0 && (
        <p role="status">{say("This answer was based on {which}, which you changed since.", { which: based.map((number) => `[${number}]`).join(", ") })}
          {asked && <button type="button" onClick={() => sendUserMessage(asked)}>{say("Answer again")}</button>}</p>
      )}
      {open && <Receipt receipt={props.receipt} />}
    </div>
  );
}
