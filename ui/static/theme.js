// Light, dark, or as the system says: the same choice as in the chat, made there.
const theme = localStorage.getItem("vite-ui-theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
