// What every page does beyond HTML. Each part finds its elements by a data attribute; without this file every form still works.
(() => {
  "use strict";

  document.documentElement.classList.add("has-script");
  const $$ = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // Where there is no network an own page says so.
  if ("serviceWorker" in navigator && window.isSecureContext) {
    navigator.serviceWorker.register(document.body.dataset.worker, { scope: "/" }).catch(() => {});
  }

  // A table that is wider than its frame is scrolled by the keyboard, too.
  $$(".table-frame:not([tabindex])").forEach((frame) => {
    if (frame.scrollWidth <= frame.clientWidth) return;
    const caption = frame.querySelector("caption");
    frame.tabIndex = 0;
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", caption ? caption.textContent.trim() : document.title);
  });

  // Dialogs: a link with data-dialog opens the native dialog of that id; where there is none, the link is followed.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog && dialog.showModal) {
        event.preventDefault();
        dialog.showModal();
      }
      return;
    }
    if (event.target.closest("[data-close-dialog]")) event.target.closest("dialog").close();
    else if (event.target.matches("dialog.confirm")) event.target.close(); // the ground around it
    else if (event.target.closest("[data-print]")) window.print();
  });

  // Copies the text of the field with that id; where the browser does not let us, it stands selected.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.focus();
    field.select();
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
      else if (!document.execCommand("copy")) return;
    } catch {
      return;
    }
    toast(button.dataset.copied);
  });

  // The board remembers the visitor's class and grade on the device; the page is the same for everybody.
  function remembered(key, value) {
    try {
      if (value === undefined) return localStorage.getItem(key);
      localStorage.setItem(key, value);
    } catch {
      return null; // a browser that keeps nothing
    }
  }
  $$("[data-remember]").forEach((page) => {
    remembered(page.dataset.remember, JSON.stringify([location.pathname, page.dataset.rememberAs]));
  });
  $$("[data-remembered]").forEach((place) => {
    const [path, label] = JSON.parse(remembered(place.dataset.remembered) || "[]");
    if (!path || !/^\/board\/classes\/\d+\/$/.test(path)) return;
    const link = place.querySelector("a");
    link.href = path;
    link.append(label);
    place.hidden = false;
  });
  $$("[data-remember-grade]").forEach((bar) => {
    const own = remembered("board-grade");
    if (!location.search && own && /^[1-9]$/.test(own)) location.replace(`?grade=${own}`);
    bar.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link) remembered("board-grade", new URL(link.href).searchParams.get("grade") || "");
    });
  });

  // A scanned letter brings its code behind «#»: into the field, out of the address, and past a page on which one waits.
  const scanned = "scanned";
  if (location.hash.startsWith("#code=")) {
    sessionStorage.setItem(scanned, decodeURIComponent(location.hash.slice(6)));
    history.replaceState(null, "", location.pathname + location.search);
  }
  const codeField = document.querySelector("input[data-scanned]");
  if (codeField) {
    codeField.value = codeField.value || sessionStorage.getItem(scanned) || "";
    sessionStorage.removeItem(scanned);
  }

  // A page that only takes a place in a queue takes it by itself.
  $$("form[data-autosubmit]").forEach((form) => setTimeout(() => form.querySelector("button").click(), 500 + 1500 * Math.random()));

  // The phone's menu opens by its address (#menu); Escape leaves it.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#menu") location.hash = "top";
  });

  // The groups of the navigation fold, and stay as this person left them; the group of this page is open.
  const foldsOf = `folds:${document.body.dataset.drafts || ""}`;
  let folds = {};
  try { folds = JSON.parse(localStorage.getItem(foldsOf)) || {}; } catch { /* private mode: nothing is remembered */ }
  function fold(section, open) {
    section.querySelector("button").setAttribute("aria-expanded", String(open));
    section.querySelector("ul").hidden = !open;
  }
  $$("[data-nav-group]").forEach((section) => {
    const button = section.querySelector("button");
    if (folds[section.dataset.navGroup]) fold(section, true);
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      fold(section, open);
      folds[section.dataset.navGroup] = open;
      try { localStorage.setItem(foldsOf, JSON.stringify(folds)); } catch { /* as above */ }
    });
  });

  // Search: Ctrl+K goes to the field (on a phone to its page), arrows go through what was found, Escape leaves it.
  const searchField = document.querySelector("[data-search]");
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && searchField) {
      event.preventDefault();
      if (searchField.offsetParent) searchField.select();
      else location.assign(searchField.form.action);
      return;
    }
    const area = event.target.closest && event.target.closest("form[role='search'], #found");
    if (!area) return;
    const hits = $$("[data-found]");
    // Enter opens the first hit of the words that stand there; before they are answered it leads to the page of all hits.
    if (event.key === "Enter" && event.target.matches("[data-search]") && hits.length) {
      const answered = document.querySelector("[data-found-for]");
      if (answered && answered.dataset.foundFor === event.target.value.trim()) {
        event.preventDefault();
        location.assign(hits[0].href);
        return;
      }
    }
    const at = hits.indexOf(document.activeElement);
    if (event.key === "Escape") {
      $$(".side-nav-found").forEach((found) => found.replaceChildren());
      document.activeElement.blur();
    } else if (event.key === "ArrowDown" && at + 1 < hits.length) {
      event.preventDefault();
      hits[at + 1].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      if (at) hits[at - 1].focus();
      else $$("form[role='search'] input").find((field) => field.offsetParent).focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".side-nav-search")) $$(".side-nav-found").forEach((found) => found.replaceChildren());
  });

  // Behind an @ in a comment stand the colleagues whose names go on like that.
  function begunName(field) {
    const begun = field.value.slice(0, field.selectionStart).match(/[@＠]([^\s@＠]{0,10})$/);
    return begun && begun[1];
  }
  document.addEventListener("input", async (event) => {
    const form = event.target.closest && event.target.closest("form[data-comment]");
    if (!form) return;
    const begun = begunName(event.target);
    const place = form.querySelector("[data-comment-names]");
    if (begun === null) { place.replaceChildren(); return; }
    const answer = await fetch(`${form.dataset.comment}?q=${encodeURIComponent(begun)}`, { credentials: "same-origin" });
    if (answer.ok && begunName(event.target) === begun) place.innerHTML = await answer.text();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-comment-name]");
    if (!button) return;
    const form = button.closest("form");
    const field = form.querySelector("textarea");
    const before = field.value.slice(0, field.selectionStart).replace(/[@＠][^\s@＠]*$/, `@${button.dataset.commentName} `);
    field.value = before + field.value.slice(field.selectionStart);
    field.focus();
    field.selectionStart = field.selectionEnd = before.length;
    form.querySelector("[data-comment-names]").replaceChildren();
  });

  // Toasts: an answer with the header HX-Trigger: {"toast": {"text": "…", "undo": "/address"}} says what was done.
  const toasts = document.getElementById("toasts");
  function toast(text, undo) {
    if (!toasts || !text) return;
    const line = document.createElement("div");
    line.className = "toast-line";
    line.append(Object.assign(document.createElement("span"), { textContent: text }));
    const leave = () => line.remove();
    if (undo) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: toasts.dataset.undo });
      button.addEventListener("click", () => {
        leave();
        htmx.ajax("POST", undo.url || undo, { target: undo.target || "body", swap: undo.target ? "outerHTML" : "none", values: undo.values });
      });
      line.append(button);
    }
    toasts.replaceChildren(line);
    let timer = setTimeout(leave, undo ? 10000 : 5000);
    line.addEventListener("pointerenter", () => clearTimeout(timer));
    line.addEventListener("focusin", () => clearTimeout(timer));
    line.addEventListener("pointerleave", () => { timer = setTimeout(leave, 4000); });
  }
  document.addEventListener("toast", (event) => toast(event.detail.text || event.detail.value, event.detail.undo));

  // Saving by itself, and saying so.
  function autosaveState(state) {
    $$("[data-autosave]").forEach((indicator) => {
      indicator.dataset.state = state;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
      indicator.textContent = state === "saved" ? `✓ ${indicator.dataset.saved} ${time}` : indicator.dataset[state];
    });
  }
  const writes = (event) => event.detail.requestConfig && event.detail.requestConfig.verb !== "get";
  document.addEventListener("htmx:beforeRequest", (event) => { if (writes(event)) autosaveState("saving"); });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (writes(event)) autosaveState(event.detail.successful ? "saved" : "failed");
  });
  document.addEventListener("htmx:sendError", () => toast(toasts.dataset.offline));
  document.addEventListener("htmx:timeout", () => toast(toasts.dataset.offline));
  // Signed out meanwhile: the sign-in page has no place inside this one, and what was typed stays.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asked = new URL(event.detail.pathInfo.requestPath, location.href).pathname;
    const answered = event.detail.xhr.responseURL && new URL(event.detail.xhr.responseURL).pathname;
    if (!answered || answered === asked || !answered.startsWith("/accounts/login")) return;
    event.detail.shouldSwap = false;
    if (!toasts.dataset.told) toast(toasts.dataset.signedOut);
    toasts.dataset.told = "yes";
  });
  document.addEventListener("htmx:responseError", (event) => {
    // 403 and 409 carry a sentence for the person; anything else is ours.
    const answer = event.detail.xhr;
    const plain = (answer.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    toast(plain ? answer.responseText : toasts.dataset.failed);
  });

  // One tap sends once, also where the answer is slow.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  // Selected rows and their action bar. What is ticked on one page of a list stays ticked while one turns to the others.
  function placeOfSelection() {
    const query = new URLSearchParams(location.search);
    ["page", "per", "sort"].forEach((name) => query.delete(name));
    return `rows:${location.pathname}?${query}`;
  }
  const ticked = (form) => $$(".row-select", form).filter((row) => row.checked).map((row) => row.value);
  function keepSelection(form) {
    if (!form.querySelector(".action-bar")) return;
    const here = $$(".row-select", form).map((row) => row.value);
    const elsewhere = $$("[data-kept-row]", form).map((row) => row.value).filter((key) => !here.includes(key));
    try { sessionStorage.setItem(placeOfSelection(), JSON.stringify([...elsewhere, ...ticked(form)])); } catch { /* private mode */ }
  }
  function restoreSelection(form) {
    if (!form.querySelector(".action-bar")) return;
    let kept = [];
    try { kept = JSON.parse(sessionStorage.getItem(placeOfSelection())) || []; } catch { /* private mode */ }
    const here = $$(".row-select", form);
    here.forEach((row) => { if (kept.includes(row.value)) row.checked = true; });
    const known = here.map((row) => row.value);
    kept.filter((key) => !known.includes(key)).forEach((key) => {
      const row = Object.assign(document.createElement("input"), { type: "hidden", name: "row", value: key });
      row.dataset.keptRow = "";
      form.append(row);
    });
  }
  document.addEventListener("submit", (event) => {
    if (!event.target.querySelector(".action-bar")) return;
    try { sessionStorage.removeItem(placeOfSelection()); } catch { /* private mode */ }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-clear-selection]");
    if (!button) return;
    const form = button.form;
    $$("[data-kept-row]", form).forEach((row) => row.remove());
    $$(".row-select, [data-select-all], [data-select-everything]", form).forEach((box) => { box.checked = false; });
    keepSelection(form);
    countSelection(form);
  });
  function countSelection(form) {
    const bar = form.querySelector(".action-bar");
    const everything = form.querySelector("[data-select-everything]:checked");
    const chosen = everything ? Number(everything.dataset.selectEverything) : $$(".row-select:checked, [data-kept-row]", form).length;
    if (!bar) return;
    bar.classList.toggle("is-shown", chosen > 0);
    bar.querySelector("[data-selected-count]").textContent = chosen;
  }
  document.addEventListener("change", (event) => {
    const box = event.target;
    if (!box.matches("[data-select-all], [data-select-everything], .row-select") || !box.form) return;
    if (box.matches("[data-select-all], [data-select-everything]")) $$(".row-select", box.form).forEach((row) => { row.checked = box.checked; });
    // One that is taken out again is meant to stay out.
    const everything = box.form.querySelector("[data-select-everything]");
    if (everything && box !== everything && !box.checked) everything.checked = false;
    keepSelection(box.form);
    countSelection(box.form);
  });

  // With the shift key, all rows from the one ticked before to this one.
  let lastRow = null;
  document.addEventListener("click", (event) => {
    const box = event.target;
    if (!box.matches(".row-select") || !box.form) return;
    const rows = $$(".row-select", box.form);
    const [from, to] = [rows.indexOf(lastRow), rows.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) rows.slice(from, to + 1).forEach((row) => { row.checked = box.checked; });
    lastRow = box;
  });

  // All or none of a group of boxes.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-check-group]");
    if (!button) return;
    const boxes = $$("input[type='checkbox']", button.closest("fieldset"));
    const all = boxes.every((box) => box.checked);
    boxes.forEach((box) => { box.checked = !all; });
  });

  // The first field that was refused gets the cursor, so that its message is read out. Also in a part that was swapped in.
  function arrive(root) {
    $$("form", root).forEach(countSelection);
    const refused = root.querySelector("[aria-invalid='true'], .is-invalid");
    if (refused) refused.focus();
  }
  $$("form").filter((form) => form.querySelector(".row-select")).forEach(restoreSelection);
  arrive(document.getElementById("content") || document);
  document.addEventListener("htmx:afterSettle", (event) => {
    arrive(event.target);
    if (event.target.form) countSelection(event.target.form);
  });
})();
