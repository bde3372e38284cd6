// Single keys for what has a visible link or button (experience.md 4); off in one's account.
// Never active while a field has focus, but for Ctrl+Enter.
const goes = { l: "/cases", d: "/disputes" };
const rows = () => [...document.querySelectorAll("tr[data-row]")];
let leading = false;

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
const marked = (name) => document.querySelector(`[data-key="${name}"]`);

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement.closest?.("tr[data-row]"));
  const next = all[Math.min(all.length - 1, Math.max(0, at + by))];
  next.tabIndex = -1;
  next.focus();
}

const keys = {
  "/": () => marked("search")?.focus(),
  n: () => marked("new")?.click(),
  a: () => marked("acts")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  "?": () => location.assign("/help"),
  Enter: () => {
    const row = document.activeElement.closest?.("tr[data-row]");
    if (row === document.activeElement) location.assign(row.dataset.row);
    else return false;
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") {
    event.target.closest("form")?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (leading && goes[event.key]) location.assign(goes[event.key]);
  const act = keys[event.key];
  leading = event.key === "g";
  if (act && act() !== false) event.preventDefault();
});
