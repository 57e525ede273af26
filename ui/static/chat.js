// What our elements in the chat share: REST as calls, and words in the person's language.
const FRESH = 2500; // milliseconds that an account is taken for true
const accounts = new Map(); // what was told of a memory: Chainlit draws an answer anew at every change of the chat
const LOOKING = /^(memories\/known|privacy\/preview|receipts\/[^/]+\/again)$/; // asked by POST, and nothing is changed
let days = null; // how a day is written: made once, as making it takes long
let together = null; // what the next request for words will ask for
const keepsake = (window.keepsake = {
  words: {},
  reasons: {}, // what speaks for a memory, by name
  absences: {}, // why a memory did not come into question
  abouts: {}, // what a rule about sending is about
  locale: "en-GB",
  async ask(path, method = "GET", body) {
    const options = { method, credentials: "include" };
    if (body !== undefined) Object.assign(options, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const answer = await fetch("/api/v1/" + path, options);
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error || "This could not be done. Try again.");
    if (method !== "GET" && !LOOKING.test(path)) keepsake.changed();
    return told;
  },
  // Whatever shows memories looks again: one that was forgotten vanishes everywhere.
  changed() {
    accounts.clear();
    window.dispatchEvent(new Event("keepsake-changed"));
  },
  // The words of memories by their ids, without those forgotten, and what was learned from those heard.
  // All that is drawn in one moment is asked for together.
  known(ids, heard = []) {
    if (!together) {
      const asked = { ids: new Set(), heard: new Set() };
      const found = new Promise((begin) => setTimeout(begin)).then(() => {
        together = null;
        return keepsake.ask("memories/known", "POST", { ids: [...asked.ids], heard: [...asked.heard] });
      });
      together = { asked, found };
    }
    ids.forEach((id) => together.asked.ids.add(id));
    heard.forEach((id) => together.asked.heard.add(id));
    return together.found;
  },
  account(memory) {
    const known = accounts.get(memory);
    if (known && Date.now() - known.at < FRESH) return known.told;
    const told = keepsake.ask(`memories/${encodeURIComponent(memory)}/account`);
    accounts.set(memory, { at: Date.now(), told });
    return told;
  },
  say: (text, values = {}) => (keepsake.words[text] || text).replace(/\{(\w+)\}/g, (slot, name) => (name in values ? values[name] : slot)),
  day: (moment) => {
    if (days?.locale !== keepsake.locale) days = { locale: keepsake.locale, format: new Intl.DateTimeFormat(keepsake.locale, { day: "numeric", month: "short", year: "numeric" }) };
    return days.format.format(new Date(moment));
  },
});
keepsake.ready = keepsake.ask("words").then((found) => { Object.assign(keepsake, found); document.documentElement.lang = found.language; }, () => {});

// What was forgotten in another tab is gone when somebody comes back to this one.
document.addEventListener("visibilitychange", () => { if (!document.hidden) keepsake.changed(); });
// Chainlit asks for an element's file once for every answer, and draws each anew as its file comes. It is here by then, and all
// of them get it in one moment: a chat that is opened again is drawn once.
const FILE = "/public/elements/MemoryUsed.jsx";
const overNetwork = window.fetch;
let line = null; // what is in the file
overNetwork(FILE, { credentials: "include" }).then((answer) => (answer.ok ? answer.text() : null)).then((text) => { line = text; }, () => {});
window.fetch = (...request) => (line !== null && String(request[0]).endsWith(FILE)
  ? Promise.resolve(Object.assign(new Response(null), { text: () => Promise.resolve(line) })) // a stream would come in pieces, each drawn by itself
  : overNetwork(...request));

// Chainlit's icon buttons have no names; screen readers need some.
const NAMES = {
  "chat-submit": "Send", "new-chat-button": "New chat", "readme-button": "Readme", "theme-toggle": "Theme",
  "user-nav-button": "Account", "upload-button": "Attach", "stop-button": "Stop",
  "chat-profiles": "Kind of chat", "mode-picker-trigger-memory": "Memory",
};
let worded = false; // whether the words of the person's language are there
const name = () => {
  if (!worded) return;
  for (const button of document.querySelectorAll("button:not([aria-label])")) {
    if (button.textContent.trim() && button.getAttribute("role") !== "combobox") continue;
    button.setAttribute("aria-label", keepsake.say(NAMES[button.id] || "") || button.dataset.testid || button.id || keepsake.say("Button"));
  }
  // Chainlit has one name for a link in all languages
  for (const link of document.querySelectorAll('#header a[href="/memory"]')) {
    const texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
    const [said, wanted] = [texts.nextNode(), keepsake.say("Memory")];
    if (said && said.data.trim() && said.data !== wanted) said.data = wanted;
  }
};
keepsake.ready.then(() => { worded = true; name(); });

// Below the composer stands which model answers, and where it is.
let says;
const sayModel = () => {
  const place = document.querySelector(".watermark") || document.querySelector("#message-composer");
  if (!place) return;
  if (says === undefined) {
    says = "";
    fetch("/api/v1/status", { credentials: "include" })
      .then((answer) => (answer.ok ? answer.json() : { says: "" }))
      .then((status) => { says = status.says; sayModel(); });
  }
  if (!says || document.querySelector(".keepsake-model")) return;
  const line = document.createElement("p");
  line.className = "keepsake-model";
  line.textContent = says;
  place.after(line);
};

new MutationObserver(() => { name(); sayModel(); }).observe(document.documentElement, { childList: true, subtree: true });
if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system");

// While somebody types: what would be saved, with placeholders for personal details. Nothing is set as HTML.
let typed, hidden = false, picked = "";
const strip = () => {
  let box = document.getElementById("keepsake-strip");
  const composer = document.querySelector("#message-composer");
  if (!box && composer) {
    box = document.createElement("div");
    box.id = "keepsake-strip";
    box.setAttribute("role", "status");
    composer.before(box);
  }
  return box;
};
const piece = (tag, text, name = "") => Object.assign(document.createElement(tag), { textContent: text, className: name });
const action = (text, work) => Object.assign(piece("button", text), { type: "button", onclick: work });
const cleared = () => document.getElementById("keepsake-strip")?.replaceChildren();

// What can be done with a marked word: leave it once, hide it always, or say that it is not personal.
const decide = async (word, how) => {
  await keepsake.ask("privacy/words", "POST", { word, how });
  picked = "";
  look();
};
const waysOut = (word, forGood) => {
  const ways = piece("p", "", "keepsake-ways-out");
  ways.append(piece("strong", word), " ");
  if (!forGood) ways.append(action(keepsake.say("Keep as is just this once"), () => decide(word, "keep_once")));
  ways.append(action(keepsake.say("Always hide this word"), () => decide(word, "always_hide")));
  ways.append(action(keepsake.say("Not personal"), () => decide(word, "not_personal")));
  return ways;
};

const look = async () => {
  const text = document.querySelector("#chat-input")?.value || "";
  const box = strip();
  if (!box) return;
  if (hidden || text.trim().length < 3) return cleared();
  if (document.querySelector("#chat-profiles")?.textContent.includes(keepsake.say("Incognito"))) {
    return box.replaceChildren(piece("p", keepsake.say("Nothing from this chat will be saved.")));
  }
  const found = await keepsake.ask("privacy/preview", "POST", { text }).catch(() => null);
  if (!found || text !== document.querySelector("#chat-input")?.value) return;
  if (!found.details.length && !found.sensitive.length && !found.unread) return cleared();
  const line = piece("p", "");
  if (found.details.length) {
    line.append(keepsake.say("Saved without {n} personal details:", { n: found.details.length }), " ");
    let at = Math.max(0, found.details[0].start - 40);
    for (const detail of found.details) {
      const word = text.slice(detail.start, detail.end);
      const mark = piece("mark", "", `keepsake-${detail.label}`);
      const ways = action(detail.label.replace("_", " ").toLowerCase(), () => { picked = picked === word ? "" : word; look(); });
      ways.title = word;
      ways.setAttribute("aria-expanded", picked === word);
      mark.append(ways);
      line.append(text.slice(at, detail.start), mark);
      at = detail.end;
    }
    line.append(text.slice(at, at + 40));
  }
  if (found.sensitive.length) line.append(" ", keepsake.say("Sensitive: {topics}.", { topics: found.sensitive.join(", ") }));
  if (found.unread) line.append(" ", keepsake.say("Names in this script are not recognised: they are encrypted, but not hidden."));
  line.append(" ", action(keepsake.say("Hide"), () => { hidden = true; cleared(); }));
  const chosen = found.details.find((detail) => text.slice(detail.start, detail.end) === picked);
  const within = box.contains(document.activeElement);
  box.replaceChildren(line, ...(chosen ? [waysOut(picked, chosen.for_good)] : []));
  if (within) (box.querySelector("mark [aria-expanded=true]") || box.querySelector("button"))?.focus();
};
document.addEventListener("input", (event) => {
  if (event.target.id !== "chat-input") return;
  clearTimeout(typed);
  typed = setTimeout(look, 500);
});
document.addEventListener("keydown", (event) => { if (event.target.id === "chat-input" && event.key === "Enter" && !event.shiftKey) { clearTimeout(typed); cleared(); } });
document.addEventListener("click", (event) => { if (event.target.closest?.("#chat-submit")) { clearTimeout(typed); cleared(); } });
