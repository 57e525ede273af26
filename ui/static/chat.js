// What our elements in the chat share: REST as calls, and words in the person's language.
const keepsake = (window.keepsake = {
  words: {},
  locale: "en-GB",
  async ask(path, method = "GET", body) {
    const options = { method, credentials: "include" };
    if (body !== undefined) Object.assign(options, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const answer = await fetch("/api/v1/" + path, options);
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error || "This could not be done. Try again.");
    return told;
  },
  say: (text, values = {}) => (keepsake.words[text] || text).replace(/\{(\w+)\}/g, (slot, name) => (name in values ? values[name] : slot)),
  day: (moment) => new Date(moment).toLocaleDateString(keepsake.locale, { day: "numeric", month: "short", year: "numeric" }),
});
keepsake.ready = keepsake.ask("words").then((found) => { Object.assign(keepsake, found); document.documentElement.lang = found.language; }, () => {});

// Chainlit's icon buttons have no names; screen readers need some.
const NAMES = {
  "chat-submit": "Send", "new-chat-button": "New chat", "readme-button": "Readme", "theme-toggle": "Theme",
  "user-nav-button": "Account", "upload-button": "Attach", "stop-button": "Stop",
  "chat-profiles": "Kind of chat", "mode-picker-trigger-memory": "Memory",
};
const name = () => {
  for (const button of document.querySelectorAll("button:not([aria-label])")) {
    if (button.textContent.trim() && button.getAttribute("role") !== "combobox") continue;
    button.setAttribute("aria-label", NAMES[button.id] || button.dataset.testid || button.id || "Button");
  }
};

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
