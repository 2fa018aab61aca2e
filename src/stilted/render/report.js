(() => {
  "use strict";
  const page = document.documentElement;
  const small = matchMedia("(max-width: 46rem)"); // where the explanation covers the lower half
  page.classList.add("js");

  /* one report; all that it looks for lies within its root */
  const report = (root) => {
    const all = (selector, from = root) => [...from.querySelectorAll(selector)];
    const one = (selector, from = root) => from.querySelector(selector);
    const form = one(".toolbar");
    if (!form) return;

    const pop = one(".pop");
    const help = one(".help");
    const items = all(".finding");
    const hits = all(".hit");
    const places = new Map(items.map((item) => [item, []]));
    for (const hit of hits) {
      hit.items = hit.dataset.findings.split(" ").map((n) => items[n - 1]);
      hit.items.forEach((item) => places.get(item).push(hit));
      hit.removeAttribute("title");
    }
    let current = null; // the finding that is explained
    let pinned = false; // opened on purpose: stays until closed
    let timer = 0;

    const shown = () => items.filter((item) => !item.hidden);

    /* the explanation */
    const make = (tag, text, action) => {
      const element = document.createElement(tag);
      element.textContent = text;
      if (action) Object.assign(element, { type: "button", onclick: action });
      return element;
    };
    const place = (hit) => {
      const box = hit.getClientRects()[0];
      const column = hit.closest(".t").getBoundingClientRect(); // leave the reference readable
      const edge = Math.min(Math.max(column.right, column.left + pop.offsetWidth), page.clientWidth - 16);
      const left = Math.max(16, Math.min(box.left, edge - pop.offsetWidth));
      const last = [...hit.getClientRects()].at(-1);
      const under = last.bottom + 8;
      const above = box.top - pop.offsetHeight - 8;
      const top = under + pop.offsetHeight > page.clientHeight && above > 0 ? above : under;
      pop.style.left = `${left + scrollX}px`;
      pop.style.top = `${top + scrollY}px`;
    };
    const open = (hit, item, pin) => {
      const visible = hit.items.filter((i) => !i.hidden);
      if (!visible.length) return;
      clearTimeout(timer);
      all(".hit.on").forEach((h) => h.classList.remove("on"));
      current = item && visible.includes(item) ? item : visible[0];
      pinned = pin || (pinned && !pop.hidden && hit.classList.contains("on"));
      places.get(current).forEach((h) => h.classList.add("on"));
      const bar = make("div", "");
      bar.className = "bar";
      const back = make("button", "‹", () => go(-1));
      const forth = make("button", "›", () => go(1));
      const shut = make("button", "×", () => {
        places.get(current)[0].focus({ preventScroll: true });
        close();
      });
      back.setAttribute("aria-label", "Previous finding");
      forth.setAttribute("aria-label", "Next finding");
      shut.setAttribute("aria-label", "Close");
      bar.append(make("span", `${shown().indexOf(current) + 1} of ${shown().length}`), back, forth, shut);
      const sections = [current, ...visible.filter((i) => i !== current)].map((i) => {
        const section = make("section", "");
        section.append(...[...i.cloneNode(true).children]);
        all("[id]", section).forEach((e) => e.removeAttribute("id"));
        return section;
      });
      pop.className = `pop ${current.dataset.severity}`;
      pop.replaceChildren(bar, ...sections);
      pop.hidden = false;
      pop.scrollTop = 0;
      place(hit);
    };
    const close = () => {
      clearTimeout(timer);
      pop.hidden = true;
      pinned = false;
      all(".hit.on").forEach((h) => h.classList.remove("on"));
    };
    const leave = () => {
      clearTimeout(timer);
      if (!pinned) timer = setTimeout(close, 250);
    };
    const go = (step) => {
      const list = shown();
      if (!list.length) return;
      const at = list.indexOf(current);
      const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : (at + step + list.length) % list.length;
      const hit = places.get(list[next])[0];
      hit.scrollIntoView({ block: small.matches ? "start" : "center" });
      current = list[next];
      hit.focus({ preventScroll: true });
      open(hit, list[next], true);
    };
    for (const hit of hits) {
      let wasOpen = false;
      hit.addEventListener("mouseenter", () => { if (!pinned) timer = setTimeout(open, 80, hit, null, false); });
      hit.addEventListener("mouseleave", leave);
      hit.addEventListener("mousedown", () => { wasOpen = pinned && !pop.hidden && hit.classList.contains("on"); });
      hit.addEventListener("focus", () => open(hit, current, true));
      hit.addEventListener("click", (event) => {
        event.preventDefault();
        const keyboard = event.detail === 0;
        if (keyboard ? !pop.hidden : wasOpen) close();
        else open(hit, current, true);
      });
    }
    pop.addEventListener("mouseenter", () => clearTimeout(timer));
    pop.addEventListener("mouseleave", leave);
    pop.addEventListener("click", (event) => {
      if (event.target.closest("a")) { event.preventDefault(); places.get(current)[0].focus(); }
    });
    document.addEventListener("mousedown", (event) => {
      if (!event.target.closest(".hit, .pop, .tools")) close();
    });
    document.addEventListener("focusin", (event) => {
      if (!event.target.closest(".hit, .pop, .tools")) close();
    });
    addEventListener("resize", () => { if (!pop.hidden && current) place(places.get(current)[0]); });

    /* filters */
    const filter = () => {
      const severities = new Set(all("[name=severity]:checked", form).map((box) => box.value));
      const { category, rule } = form.elements;
      for (const item of items) {
        const { severity, category: c, rule: r } = item.dataset;
        item.hidden = !(severities.has(severity) && ["", c].includes(category.value) && ["", r].includes(rule.value));
      }
      for (const hit of hits) {
        const off = hit.items.every((item) => item.hidden);
        hit.classList.toggle("off", off);
        if (off) { hit.tabIndex = -1; hit.setAttribute("aria-disabled", "true"); } else {
          hit.removeAttribute("aria-disabled");
          if (hit.id) hit.removeAttribute("tabindex");
        }
      }
      const found = (list) => list.reduce((sum, item) => sum + Number(item.dataset.times), 0);
      const say = (number) => number.toLocaleString("en");
      const [some, every] = [found(shown()), found(items)];
      const kinds = shown().length; // what was found many times is listed once
      one(".shown").textContent = `${some === every ? "" : `${say(some)} of `}${say(every)} shown${kinds === some ? "" : `, ${say(kinds)} different`}`;
      one(".list .nothing").hidden = kinds > 0;
      if (current && current.hidden) close();
    };
    const toggleView = () => {
      const button = one("[data-do=view]");
      if (!button) return;
      const article = root.dataset.view !== "article";
      root.dataset.view = article ? "article" : "pairs";
      button.setAttribute("aria-pressed", article);
      close();
    };
    const showHelp = () => help.showModal();
    const actions = {
      view: toggleView,
      back: () => go(-1),
      forth: () => go(1),
      help: showHelp,
      all: () => { form.reset(); filter(); },
    };
    all("[data-do]").forEach((button) => button.addEventListener("click", () => actions[button.dataset.do]()));
    form.addEventListener("change", filter);
    form.addEventListener("submit", (event) => event.preventDefault());

    /* keyboard */
    const keys = {
      j: () => go(1),
      ArrowRight: () => go(1),
      k: () => go(-1),
      ArrowLeft: () => go(-1),
      f: () => one("input", form).focus(),
      v: toggleView,
      "?": showHelp,
      Escape: close,
    };
    ["critical", "major", "minor", "neutral"].forEach((severity, index) => {
      keys[index + 1] = () => one(`[value=${severity}]`, form)?.click();
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("select, dialog");
      const action = keys[event.key];
      if (!root.matches("html, .shown") || !action || event.ctrlKey || event.metaKey || event.altKey || typing) return;
      event.preventDefault();
      action();
    });
    filter();
  };

  /* several files: the list of them or one report, as the address says; the style hides the others at once */
  const several = (index) => {
    const ready = new Set();
    let shown = index;
    const show = () => {
      const target = document.getElementById(location.hash.slice(1));
      const chosen = (target && target.closest(".report")) || index;
      shown.classList.remove("shown");
      shown = chosen;
      shown.classList.add("shown");
      if (chosen !== index && !ready.has(chosen)) report(chosen);
      ready.add(chosen);
      if (chosen !== index && target !== chosen) target.scrollIntoView();
      else scrollTo(0, 0);
    };
    addEventListener("hashchange", show);
    show();
  };

  addEventListener("DOMContentLoaded", () => {
    const index = document.querySelector(".files");
    if (index) several(index);
    else report(page);
  });
})();
