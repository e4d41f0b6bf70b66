// Small comforts; every page works without them.

// The summary of errors takes the focus, so that nobody has to look for what went wrong.
document.querySelector("[data-takes-focus]")?.focus();

// A question that stands in <details> becomes a modal dialog.
const dialogs = (root) => {
  for (const ask of root.querySelectorAll("details.ask[data-dialog]")) {
    const dialog = document.createElement("dialog");
    const content = ask.querySelector(":scope > div");
    const opener = ask.querySelector("summary");
    content.classList.remove("card");
    dialog.setAttribute("aria-labelledby", content.getAttribute("aria-labelledby"));
    dialog.append(content);
    ask.after(dialog);
    ask.removeAttribute("data-dialog");
    opener.addEventListener("click", (event) => { event.preventDefault(); dialog.showModal(); });
    dialog.addEventListener("close", () => opener.focus());
    const cancel = dialog.querySelector("[data-close]");
    if (cancel) { cancel.hidden = false; cancel.addEventListener("click", () => dialog.close()); }
  }
};

// Words left in a text with a limit.
const counters = (root) => {
  for (const field of root.querySelectorAll("textarea[data-words]")) {
    const limit = Number(field.dataset.words);
    field.removeAttribute("data-words");
    const note = document.createElement("p");
    note.className = "counter";
    note.setAttribute("role", "status");
    const show = () => {
      const words = field.value.trim().split(/\s+/).filter(Boolean).length;
      note.textContent = `${words} / ${limit}`;
      note.classList.toggle("over", words > limit);
    };
    field.after(note);
    field.addEventListener("input", show);
    show();
  }
};

// Menus close with Escape and with a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// The language switch keeps what was typed: once, in this tab only, never passwords or files.
const KEY = "typed";
const typed = () => [...document.querySelectorAll("main form[method=post] :is(input, select, textarea)")]
  .filter((f) => f.name && !["password", "file", "hidden", "submit"].includes(f.type) && f.name !== "csrfmiddlewaretoken");
let dirty = false;
document.addEventListener("input", (event) => { if (event.target.closest("main form[method=post]")) dirty = true; });
document.addEventListener("submit", () => { dirty = false; });
document.addEventListener("kept", () => { dirty = false; });
document.querySelector("[data-keeps-form]")?.addEventListener("click", (event) => {
  if (!dirty) return;
  dirty = false;
  const path = new URL(event.currentTarget.href).pathname;
  const values = typed().map((f) => [f.name, f.value, f.checked]);
  sessionStorage.setItem(KEY, JSON.stringify({ path, values }));
});
const kept = JSON.parse(sessionStorage.getItem(KEY) || "null");
if (kept) {
  sessionStorage.removeItem(KEY);
  if (kept.path === location.pathname) {
    const left = [...kept.values];
    for (const field of typed()) {
      const at = left.findIndex(([name, value]) => name === field.name
        && (!["checkbox", "radio"].includes(field.type) || value === field.value));
      if (at < 0) continue;
      const [, value, checked] = left.splice(at, 1)[0];
      if (["checkbox", "radio"].includes(field.type)) field.checked = checked; else field.value = value;
    }
    dirty = true;
  }
}
window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

const enhance = (root) => { dialogs(root); counters(root); };
enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.target));
