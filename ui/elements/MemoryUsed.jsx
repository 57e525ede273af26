import { useEffect, useState } from "react";

// Holds ids only: the words are fetched anew, so what was forgotten is gone from old answers too.
export default function MemoryUsed() {
  const [texts, setTexts] = useState([]);
  const ids = props.ids || [];
  useEffect(() => {
    Promise.all(ids.map((id) => fetch("/api/v1/memories/" + encodeURIComponent(id), { credentials: "include" })
      .then((answer) => (answer.ok ? answer.json() : null)))).then(setTexts);
  }, [ids.join()]);
  return (
    <div className="text-sm" data-testid="memory-used">
      <p>Used {ids.length} of {props.considered} memories · <a href="/memory">see all</a></p>
      <ol>
        {texts.map((memory, index) => (
          <li key={ids[index]}>[{index + 1}] {memory ? memory.text.slice(0, 160) : "forgotten"}</li>
        ))}
      </ol>
    </div>
  );
}
