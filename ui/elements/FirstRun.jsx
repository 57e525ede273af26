import { useEffect, useState } from "react";

const { ask, say, day } = window.keepsake;
const HANDLINGS = { ask: "ask each time", never: "never keep", keep: "keep" };

// Shown before somebody's first message. Nobody has to answer it: the chat works all the same.
function FirstRun() {
  const [, setReady] = useState(false);
  const [charter, setCharter] = useState(null);
  const [choice, setChoice] = useState(null);
  const [status, setStatus] = useState(null);
  const [trouble, setTrouble] = useState("");
  const look = () => Promise.all([ask("choices").then(setChoice), ask("privacy").then(setCharter)]);
  const change = (work) => work.then(look).then(() => setTrouble(""), (fault) => setTrouble(fault.message));
  useEffect(() => { window.keepsake.ready.then(() => setReady(true)); look(); ask("status").then(setStatus); }, []);
  if (!choice || !charter || !status) return <div className="keepsake-card" />;
  const chosen = choice.chosen_at && day(choice.chosen_at);
  const now = !choice.remember ? "off" : charter.ask_first ? "ask" : "on";
  const choose = (way) => change(
    ask("choices", "PUT", { remember: way !== "off" }).then(() => ask("privacy/ask-first", "PUT", { wanted: way === "ask" })));
  const handle = (handling) => change(
    charter.categories.reduce((done, one) => done.then(() => ask("privacy/categories/" + one.category, "PUT", { handling })), Promise.resolve()));
  const handled = new Set(charter.categories.map((one) => one.handling));
  const way = (name, title, words) => (
    <button type="button" className="keepsake-way" aria-pressed={Boolean(chosen) && now === name} onClick={() => choose(name)}>
      <strong>{title}</strong><span>{words}</span>
    </button>
  );
  return (
    <section className="keepsake-card" aria-label={say("Before we start")} data-testid="first-run">
      <p>{say("I am a computer program, not a person, and I can be wrong. I can remember what you tell me, on this computer only. Names, addresses and numbers I recognise are replaced by placeholders before anything is stored; passwords and card numbers are never kept.")}</p>
      <div className="keepsake-ways">
        {way("on", say("Remember automatically"), say("You see what was used under each answer, and can forget any of it."))}
        {way("ask", say("Ask me first"), say("What you say waits in Review for your yes."))}
        {way("off", say("Don't remember"), say("Nothing new is kept as a memory, and none is used."))}
      </div>
      <fieldset className="keepsake-handling">
        <legend>{say("Sensitive topics (health, beliefs, politics, sexuality, union, biometrics)")}</legend>
        {Object.entries(HANDLINGS).map(([name, title]) => (
          <label key={name}><input type="radio" name="keepsake-handling" checked={handled.size === 1 && handled.has(name)} onChange={() => handle(name)} /> {say(title)}</label>))}
      </fieldset>
      <p role="status">{trouble || (chosen
        ? say(choice.remember ? (charter.ask_first ? "I ask before I remember, as you chose on {day}." : "I remember, as you chose on {day}.") : "I don't remember, as you chose on {day}.", { day: chosen })
        : say("Until you choose, I remember automatically."))}{" "}
        <a href="/memory/privacy">{say("Change it any time in Memory, Privacy.")}</a>{" "}
        {say("Conversations stay in the sidebar until you delete them.")}</p>
      <p>{say(status.says)} {say(status.limits)}</p>
    </section>
  );
}

// Chainlit runs this file anew at every change of the chat; the same function keeps its state, and asks nothing again.
window.keepsake.FirstRun ||= FirstRun;
export default React.createElement(window.keepsake.FirstRun);
