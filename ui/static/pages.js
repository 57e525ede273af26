// What htmx leaves to us: focus after a swap, choosing many, keys in Review, and news from other windows.
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// What a page fetches once it is there says that it is on its way.
const byItself = ({ detail }) => (detail.requestConfig || detail).elt.matches('[hx-trigger^="load"]');
for (const [name, busy] of [["htmx:beforeRequest", "true"], ["htmx:afterRequest", "false"]]) {
  document.addEventListener(name, (event) => { if (byItself(event)) event.detail.elt.setAttribute("aria-busy", busy); });
}

// Focus is never lost: what came says where it goes, by data-focus; else it goes to what was swapped.
// What comes by itself takes it from nobody: only whoever stood in its place is taken along.
let stood = true;
document.addEventListener("htmx:beforeSwap", (event) => {
  stood = !byItself(event) || event.detail.target.contains(document.activeElement);
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (!stood) return;
  const came = event.detail.elt;
  const wanted = came.matches("[data-focus]") ? came : came.querySelector("[data-focus]");
  if (wanted) return wanted.focus({ preventScroll: false });
  if (document.activeElement === document.body) { came.tabIndex = -1; came.focus({ preventScroll: true }); }
});

const chosen = (name) => all(`input[type=checkbox][name="${name}"]`);
const counted = () => {
  for (const button of all("[data-needs]")) button.disabled = !chosen(button.dataset.needs).some((box) => box.checked);
};
document.addEventListener("change", (event) => {
  const { all: name, submit } = event.target.dataset;
  if (name) for (const box of chosen(name)) box.checked = event.target.checked;
  if (submit !== undefined) event.target.form.requestSubmit();
  counted();
});
document.addEventListener("htmx:afterSettle", counted);
counted();

// A file: htmx would put it into the page, and a form of the browser's own says nothing of where it comes from.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-download]");
  if (!button) return;
  const ids = chosen(button.dataset.needs).filter((box) => box.checked).map((box) => [button.dataset.needs, box.value]);
  const answer = await fetch(button.dataset.download, { method: "POST", body: new URLSearchParams(ids), headers: { "HX-Request": "true" } });
  if (!answer.ok) return void (document.getElementById("trouble").innerHTML = await answer.text());
  const file = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement("a"), { href: file, download: "keepsake.zip" }).click();
  setTimeout(() => URL.revokeObjectURL(file), 10_000);
});

document.addEventListener("click", (event) => {
  const cancel = event.target.closest("[data-cancel], [data-dismiss]");
  if (!cancel) return;
  const box = cancel.closest("form, .trouble, .asked");
  const asked = box.matches(".asked") ? document.getElementById("question")
    : box.closest(".memory, .details")?.querySelector("[hx-post$='/forget/preview']") || document.querySelector("#chosen button");
  box.remove();
  asked?.focus();
});

// In Review: y yes, n no, e open, s later; arrow keys lead from card to card.
document.addEventListener("keydown", (event) => {
  const cards = all("[data-card]");
  const card = document.activeElement.closest?.("[data-card]") || cards[0];
  if (!card || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && card.contains(document.activeElement)) {
    event.preventDefault();
    return cards[(cards.indexOf(card) + step + cards.length) % cards.length].focus();
  }
  if (["y", "n", "e", "s"].includes(event.key)) card.querySelector(`[data-key="${event.key}"]`)?.click();
});

// How many things wait for a decision, beside the tab: as it is after every change, here or in another window.
const waiting = document.getElementById("waiting");
const count = async () => {
  const answer = await fetch("/memory/review/count", { headers: { "HX-Request": "true" } });
  if (answer.ok) waiting.innerHTML = await answer.text();
};
document.addEventListener("htmx:afterRequest", (event) => {
  const verb = event.detail.requestConfig?.verb || event.detail.ctx?.request?.method || "";
  if (waiting && verb.toLowerCase() === "post") count();
});

// What another window (or the chat) changed is said, not forced upon whoever reads or types here.
let ours = 0;
document.addEventListener("htmx:beforeRequest", () => { ours = Date.now(); });
const news = document.getElementById("news");
let source, known;
const heard = (event) => {
  if (known !== undefined && known !== event.data) {
    count();
    if (Date.now() - ours > 4000) news.hidden = false;
  }
  known = event.data;
};
// A browser opens six connections to one server: only the window that is looked at holds one.
const listen = () => {
  source?.close();
  if (document.hidden) return;
  source = new EventSource("/api/v1/events");
  for (const kind of ["now", "changed"]) source.addEventListener(kind, heard);
  source.addEventListener("asked", count);
};
if (news && "EventSource" in window) {
  listen();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
}
