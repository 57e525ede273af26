import { useEffect, useState } from "react";

const ask = (path, options) => fetch("/api/v1/" + path, { credentials: "include", ...options }).then((answer) => (answer.ok ? answer.json() : null));

// Shown before somebody's first message. Nobody has to answer it: the chat works all the same.
export default function FirstRun() {
  const [choice, setChoice] = useState(null);
  const [status, setStatus] = useState(null);
  useEffect(() => { ask("choices").then(setChoice); ask("status").then(setStatus); }, []);
  const choose = (remember) => ask("choices", {
    method: "PUT", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ remember }),
  }).then((made) => made && setChoice(made));
  if (!choice || !status) return <div className="keepsake-card" />;
  const chosen = choice.chosen_at && new Date(choice.chosen_at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const way = (remember, title, words) => (
    <button type="button" className="keepsake-way" aria-pressed={Boolean(chosen) && choice.remember === remember} onClick={() => choose(remember)}>
      <strong>{title}</strong><span>{words}</span>
    </button>
  );
  return (
    <section className="keepsake-card" aria-label="Before we start" data-testid="first-run">
      <p>I am a computer program, not a person, and I can be wrong. I can remember what you tell me, on this computer only.
        Names, addresses and numbers I recognise are replaced by placeholders before anything is stored; passwords and card numbers are never kept.</p>
      <div className="keepsake-ways">
        {way(true, "Remember automatically", "You see what was used under each answer, and can forget any of it.")}
        {way(false, "Don't remember", "Nothing new is kept as a memory, and none is used.")}
      </div>
      <p role="status">{chosen
        ? `${choice.remember ? "I remember" : "I don't remember"}, as you chose on ${chosen}.`
        : "Until you choose, I remember automatically."} Change it any time on the <a href="/memory">Memory page</a>.
        {" "}Conversations stay in the sidebar until you delete them.</p>
      <p>{status.says} {status.limits}</p>
    </section>
  );
}
