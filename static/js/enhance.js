// Small comforts on top of pages that are complete without them.

const say = (words) => { document.querySelector("[data-say]").textContent = words; };
const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

// A select that goes with a button is sent as soon as it is chosen from; by keys, when Enter or leaving says "this one".
for (const form of document.querySelectorAll("[data-submit-on-change]")) {
  const select = form.querySelector("select");
  const first = select.value;
  let isByKeys = false;
  const send = () => { if (select.value !== first) form.requestSubmit(); };
  form.querySelector("button").hidden = true;
  form.addEventListener("pointerdown", () => { isByKeys = false; });
  form.addEventListener("keydown", (event) => { isByKeys = event.key !== "Enter"; if (!isByKeys) send(); });
  form.addEventListener("change", () => { if (!isByKeys) send(); });
  form.addEventListener("focusout", send);
}

// "/" leads to the search box, unless something is being typed or a key is held for another purpose.
document.addEventListener("keydown", (event) => {
  const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  const search = document.querySelector("[data-search]");
  if (event.key !== "/" || held || !search || isTyping(event.target)) return;
  event.preventDefault();
  search.focus();
  search.select();
});

// Copy buttons stand ready where the browser lets a page copy: over https, and on the reader's own machine.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
    button.disabled = false;
    button.addEventListener("click", async () => {
      const text = button.dataset.copy ?? document.getElementById(button.dataset.copyFrom).textContent;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        return say("The browser did not allow copying.");
      }
      say("Copied");
      button.dataset.copied = "";
      setTimeout(() => { delete button.dataset.copied; say(""); }, 2000);
    });
  }
}

// The search box leads on to what fits the beginning of what is typed: by mouse, or by arrow keys and Enter.
for (const field of document.querySelectorAll("[data-complete]")) {
  let asked = 0;
  const box = document.createElement("div");
  box.className = "suggestions suggestions--below";
  box.role = "listbox";
  box.id = `suggestions-${[...document.querySelectorAll("[data-complete]")].indexOf(field)}`;
  box.ariaLabel = "Suggestions";
  box.hidden = true;
  field.closest("form").append(box);
  field.role = "combobox";
  field.ariaAutoComplete = "list";
  field.ariaExpanded = "false";
  field.setAttribute("aria-controls", box.id);
  const options = () => [...box.querySelectorAll("[role=option]")];
  const chosen = () => options().find((option) => option.ariaSelected === "true");
  const choose = (option) => {
    for (const one of options()) one.ariaSelected = String(one === option);
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const close = () => { asked += 1; box.hidden = true; field.ariaExpanded = "false"; choose(null); };
  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    made.dir = "auto";
    return made;
  };
  const drawn = (groups) => Object.entries(groups).filter(([, found]) => found.length).map(([name, found]) => {
    const group = document.createElement("div");
    group.role = "group";
    group.ariaLabel = name;
    const head = element("p", "suggestions__name", name);
    head.ariaHidden = "true";
    group.append(head, ...found.map(({ title, about, href }, number) => {
      const option = element("a", "suggestions__option", "");
      option.role = "option";
      option.id = `${box.id}-${name}-${number}`;
      option.href = href;
      option.tabIndex = -1;
      option.ariaSelected = "false";
      option.append(element("span", "suggestions__title", title));
      if (about) option.append(element("span", "suggestions__about", about));
      return option;
    }));
    return group;
  });
  field.addEventListener("input", async () => {
    const mine = ++asked;
    await new Promise((resume) => { setTimeout(resume, 120); });
    if (mine !== asked) return;
    if (!field.value.trim()) { close(); return; }
    const answer = await fetch(`${field.dataset.complete}?${new URLSearchParams({ q: field.value })}`,
      { headers: { Accept: "application/json" } }).catch(() => null);
    if (mine !== asked || !answer?.ok) return;
    box.replaceChildren(...drawn(await answer.json()));
    box.hidden = !options().length;
    field.ariaExpanded = String(!box.hidden);
    choose(null);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || box.hidden) return;
    const all = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const at = all.indexOf(chosen()) + step;
      choose(all[at < -1 ? all.length - 1 : at] ?? null);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      chosen().click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  field.closest("search").addEventListener("focusout", (event) => {
    if (!field.closest("search").contains(event.relatedTarget)) setTimeout(close, 150);
  });
}

// A field whose words are known elsewhere offers those that fit what was typed so far; anything may be typed all the same.
for (const field of document.querySelectorAll("[data-suggest]")) {
  let asked = 0;
  field.addEventListener("input", async () => {
    const mine = ++asked;
    await new Promise((resume) => { setTimeout(resume, 150); });
    if (mine !== asked || !field.value.trim()) return;
    const answer = await fetch(`${field.dataset.suggest}?${new URLSearchParams({ q: field.value })}`,
      { headers: { Accept: "application/json" } }).catch(() => null);
    if (mine !== asked || !answer?.ok) return;
    const [found] = Object.values(await answer.json());
    field.list.replaceChildren(...found.map(({ handle, title }) => new Option(title ?? handle, handle)));
  });
}

// Sections that stand one under the other become tabs: arrow keys move between them, one is in the tab order.
for (const box of document.querySelectorAll("[data-tabs]")) {
  const tabs = [...box.querySelectorAll("li > a")];
  const wayOf = (tab) => document.getElementById(tab.hash.slice(1));
  const choose = (chosen) => {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", tab === chosen);
      tab.tabIndex = tab === chosen ? 0 : -1;
      wayOf(tab).hidden = tab !== chosen;
    }
  };
  const list = tabs[0].closest("ul");
  list.role = "tablist";
  list.ariaLabel = box.dataset.tabs;
  for (const tab of tabs) {
    tab.parentElement.role = "presentation";
    tab.role = "tab";
    tab.removeAttribute("aria-current");
    tab.setAttribute("aria-controls", wayOf(tab).id);
    wayOf(tab).role = "tabpanel";
    tab.addEventListener("click", (event) => { event.preventDefault(); choose(tab); });
  }
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = { Home: 0, End: tabs.length - 1 }[event.key]
      ?? (step && (tabs.indexOf(event.target) + step + tabs.length) % tabs.length);
    if (next === undefined) {
      if (event.key === " ") { event.preventDefault(); event.target.click(); }
      return;
    }
    event.preventDefault();
    choose(tabs[next]);
    tabs[next].focus();
  });
  choose(tabs.find((tab) => tab.hash === location.hash) ?? tabs[0]);
  box.dataset.ready = "";
}

// Messages can be closed; an open menu closes with Escape and with a click elsewhere.
for (const button of document.querySelectorAll("[data-close]")) {
  button.hidden = false;
  button.addEventListener("click", () => button.parentElement.remove());
}
const menus = document.querySelectorAll("details.menu");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});
