// After a chat was deleted: what was learned only there is asked about at once. Undecided, it waits in Review.
// Chainlit's own question before deleting has no place for ours, so its request is watched: nothing of it is changed.
{
  const UNDO = 10; // seconds
  const { ask, say } = keepsake;
  const make = (tag, text = "", name = "") => Object.assign(document.createElement(tag), { textContent: text, className: name });
  const shown = new Set(); // remnants that are asked about on this page already
  const place = () => {
    let box = document.getElementById("keepsake-parting");
    if (!box) {
      box = make("div");
      box.id = "keepsake-parting";
      box.setAttribute("role", "status");
      document.body.append(box);
    }
    return box;
  };
  const verb = (text, work) => Object.assign(make("button", text), { type: "button", onclick: work });

  const offer = (remnant) => {
    const card = make("section", "", "keepsake-card");
    const question = make("p", remnant.memories.length === 1
      ? say("Forget the one thing learned only here?")
      : say("Forget the {n} things learned only here?", { n: remnant.memories.length }));
    const things = make("details");
    const list = make("ul");
    for (const memory of remnant.memories.slice(0, 20)) {
      const line = make("li", memory.text.slice(0, 160));
      line.dir = "auto";
      list.append(line);
    }
    things.append(make("summary", say("What it is")), list);
    const verbs = make("p", "", "keepsake-verbs");
    const trouble = (fault) => said(fault.message, null);
    const said = (text, undo) => {
      const line = make("p", text + " ");
      card.replaceChildren(line);
      if (undo) {
        const back = verb(say("Undo ({n} s)", { n: UNDO }), () => undo().then(() => { ask_(); back.remove(); }, trouble));
        line.append(back);
        back.focus();
      }
      setTimeout(() => { if (card.contains(line)) card.remove(); }, UNDO * 1000);
    };
    const ask_ = () => { card.replaceChildren(question, things, verbs); verbs.firstChild.focus(); };
    verbs.append(
      verb(say("Yes, forget"), () => ask(`remnants/${remnant.id}/forget`, "POST", {}).then(
        (done) => said(say("Forgotten."), () => ask(`forgettings/${done.id}/undo`, "POST")), trouble)),
      verb(say("Keep them"), () => ask(`remnants/${remnant.id}/keep`, "POST").then(
        () => said(say("Kept."), () => ask(`remnants/${remnant.id}/ask`, "POST")), trouble)),
      verb(say("Later"), () => said(say("It waits for you in Review."), null)),
    );
    card.append(make("p", say("The chat is deleted."), "keepsake-gone"), question, things, verbs);
    place().append(card);
  };

  const look = async () => {
    const { remnants } = await ask("remnants");
    for (const remnant of remnants) {
      // what was put off before is in Review: here is asked about what was deleted just now
      if (shown.has(remnant.id) || Date.now() - new Date(remnant.at) > 60_000) continue;
      shown.add(remnant.id);
      offer(remnant);
    }
  };

  const fetched = window.fetch;
  window.fetch = async (...request) => {
    const answer = await fetched(...request);
    const [where, how = {}] = request;
    const method = (how.method || where.method || "GET").toUpperCase();
    if (answer.ok && method === "DELETE" && new URL(where.url || where, location.href).pathname.endsWith("/project/thread")) look().catch(() => {});
    return answer;
  };
}
