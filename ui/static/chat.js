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
new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true });
if (!localStorage.getItem("vite-ui-theme")) localStorage.setItem("vite-ui-theme", "system");
