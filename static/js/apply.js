// Comforts of a long form: an occupation is found while typing, and what is written is kept. Both work without this.

// A text field with a list of suggestions, after the combobox pattern of the ARIA Authoring Practices.
for (const box of document.querySelectorAll("[data-combo]")) {
  const input = box.querySelector("input[type=text]");
  const picked = box.querySelector("[data-choices] input:checked");
  const value = Object.assign(document.createElement("input"), { type: "hidden", name: "occupation", value: picked?.value ?? "" });
  if (picked) input.value = picked.dataset.title;
  const found = [...box.querySelectorAll("[data-choices] input")].map((radio) => ({ code: radio.value, title: radio.dataset.title }));
  box.querySelector("[data-choices]")?.remove();
  box.querySelector("[data-plain]").remove();
  const list = Object.assign(document.createElement("ul"), { id: `${input.id}_list`, hidden: true, className: "options" });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.querySelector("label").textContent.trim());
  const status = Object.assign(document.createElement("p"), { className: "vh" });
  status.setAttribute("role", "status");
  // Whoever was quicker than this script goes on where they were.
  const typing = document.activeElement === input;
  const holder = document.createElement("div");
  holder.className = "holder";
  input.before(holder);
  holder.append(input, list);
  box.append(status, value);
  const facts = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" };
  for (const [name, text] of Object.entries(facts)) input.setAttribute(name, text);
  let at = -1, timer = 0, asked = 0;
  const options = () => [...list.children];
  const point = (index) => {
    at = index;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[at].id);
    options()[at].scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) point(-1);
  };
  const choose = (option) => {
    input.value = option.dataset.title;
    value.value = option.dataset.code;
    status.textContent = box.dataset.chosen.replace("%s", option.dataset.title);
    show(false);
    value.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const fill = (rows) => {
    list.replaceChildren(...rows.map(({ code, title }, i) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}_${i}` });
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      Object.assign(option.dataset, { code, title });
      option.append(title, " ", Object.assign(document.createElement("span"), { className: "soft", textContent: code }));
      return option;
    }));
    show(rows.length > 0);
    status.textContent = rows.length ? box.dataset.some.replace("%s", rows.length) : box.dataset.none;
  };
  const ask = async () => {
    const mine = ++asked;
    const words = input.value.trim();
    if (words.length < 2) return show(false);
    try {
      const answer = await fetch(`${box.dataset.combo}?${new URLSearchParams({ q: words })}`, { headers: { Accept: "application/json" } });
      if (answer.ok && mine === asked) fill((await answer.json()).found);
    } catch { /* Without a connection the search button of the plain page is a reload away. */ }
  };
  input.addEventListener("input", () => {
    value.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape" && !list.hidden) show(false);
    else if (event.key === "Enter") { if (!list.hidden && at >= 0) choose(options()[at]); else ask(); }
    else if (event.key === "ArrowDown" && last >= 0) { show(true); point(at < last ? at + 1 : 0); }
    else if (event.key === "ArrowUp" && last >= 0) { show(true); point(at > 0 ? at - 1 : last); }
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
  input.addEventListener("blur", () => { clearTimeout(timer); asked += 1; show(false); });
  if (found.length > 1) { fill(found); show(false); }
  if (typing) { input.focus(); if (!value.value) ask(); }
}

// What is written is kept a moment after it was typed, and when a field is left.
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-status]");
  let written = 0, kept = 0, timer = 0, busy = false;
  const keep = async () => {
    clearTimeout(timer);
    if (busy || written === kept) return;
    const now = written;
    busy = true;
    status.textContent = form.dataset.saving;
    let wait = 500;
    try {
      const data = new FormData(form);
      data.delete("cv");
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: data, headers: { Accept: "application/json" }, keepalive: true });
      if (answer.redirected || !(answer.ok || answer.status === 409)) throw new Error(answer.status);
      const told = await answer.json();
      kept = now;
      const clock = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
      status.textContent = told.refused ?? form.dataset.saved.replace("%s", clock);
      if (written === kept && !form.querySelector("[name=cv]")?.value) document.dispatchEvent(new CustomEvent("kept"));
    } catch {
      status.textContent = form.dataset.unsaved;
      wait = 5000;
    }
    busy = false;
    if (written !== kept) timer = setTimeout(keep, wait);
  };
  form.addEventListener("input", () => {
    written += 1;
    clearTimeout(timer);
    timer = setTimeout(keep, 2000);
  });
  form.addEventListener("focusout", keep);
  form.addEventListener("submit", () => { written = kept; clearTimeout(timer); });
}
