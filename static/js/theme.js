// Light, dark or what the system says: set before anything is drawn, switched by one button.
(() => {
  const key = "appearance"; // "theme" is the admin's
  const next = { system: "light", light: "dark", dark: "system" };
  const read = () => { try { const kept = localStorage.getItem(key); return Object.hasOwn(next, kept) ? kept : "system"; } catch { return "system"; } };
  const apply = (theme) => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.hidden = false;
      button.textContent = `Appearance: ${theme}`;
    }
  };
  apply(read());
  document.addEventListener("DOMContentLoaded", () => apply(read()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-switch]");
    if (!button) return;
    const theme = next[read()];
    try { localStorage.setItem(key, theme); } catch { /* not remembered, but shown */ }
    apply(theme);
  });
})();
