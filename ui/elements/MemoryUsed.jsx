import { useEffect, useState } from "react";

const get = (path) => fetch("/api/v1/" + path, { credentials: "include" }).then((answer) => (answer.ok ? answer.json() : null));
const day = (moment) => new Date(moment).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });

const SHOWN = 3; // at first; the rest is a click away

function Receipt({ id }) {
  const [receipt, setReceipt] = useState();
  useEffect(() => { get("receipts/" + encodeURIComponent(id)).then(setReceipt); }, [id]);
  if (receipt === undefined) return <p>…</p>;
  if (receipt === null) return <p>The receipt is gone with its conversation.</p>;
  const here = receipt.place === "elsewhere" ? "" : " Nothing left this machine.";
  return (
    <div className="keepsake-receipt">
      {receipt.messages.length === 0
        ? <p>Nothing was sent to a model: this is a quotation of your own words, or a fixed sentence.{here}</p>
        : <p>Sent to {receipt.model}.{here} {receipt.complete ? "This is everything that was sent:" : "Everything that was sent, less what was forgotten since:"}</p>}
      {receipt.place === "elsewhere" && receipt.messages.length > 0 && <p>Personal details that were recognised left as placeholders; here you see your own words.</p>}
      {receipt.messages.map((message, index) => (
        <div key={index}><p className="keepsake-role">{message.role}</p><pre dir="auto" tabIndex={0}>{message.text}</pre></div>
      ))}
    </div>
  );
}

// Holds ids only: the words are fetched anew, so what was forgotten is gone from old answers too.
export default function MemoryUsed() {
  const [memories, setMemories] = useState([]);
  const [open, setOpen] = useState(false);
  const [all, setAll] = useState(false);
  const ids = props.ids || [];
  useEffect(() => {
    Promise.all(ids.map((id) => get("memories/" + encodeURIComponent(id)))).then(setMemories);
  }, [ids.join()]);
  const used = ids.length === 0 ? "Used no memories" : `Used ${ids.length} of ${props.considered} memories`;
  return (
    <div className="keepsake-line" data-testid="memory-used">
      <p>
        {used}
        {props.receipt && <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>Why?</button>}
      </p>
      {memories.length > 0 && (
        <ol>
          {ids.slice(0, all ? ids.length : SHOWN).map((id, index) => (
            <li key={id}>
              <span className="keepsake-number">[{index + 1}]</span>{" "}
              {memories[index]
                ? <a href={"/memory?memory=" + encodeURIComponent(id)} dir="auto"><time>{day(memories[index].occurred_at)}</time>{" "}{memories[index].text.slice(0, 160)}</a>
                : <em>forgotten</em>}
            </li>
          ))}
        </ol>
      )}
      {ids.length > SHOWN && (
        <button type="button" className="keepsake-more" aria-expanded={all} onClick={() => setAll(!all)}>{all ? "Show fewer" : `Show all ${ids.length}`}</button>
      )}
      {open && <Receipt id={props.receipt} />}
    </div>
  );
}
