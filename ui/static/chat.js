// Chainlit's icon buttons have no names; screen readers need some.
const NAMES = {
  "chat-submit": "Send", "new-chat-button": "New chat", "readme-button": "Readme", "theme-toggle": "Theme",
  "user-nav-button": "Account", "upload-button": "Attach", "stop-button": "Stop",
};
const name = () => {
  for (const button of document.querySelectorAll("button:not([aria-label])")) {
    if (button.textContent.trim()) continue;
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
