// What was typed survives a lost network, an error, a session that ended, the Back button: a draft in this tab, for a day at most.
//
// Every form that is sent by POST and has two fields, a text area or a drawing keeps, by this rule; data-keep="no" on a form
// says that it states facts of this moment (a roll, a hand-over) and keeps nothing, and no form with a password does.
// A draft goes when the server has answered that it was done (the cookie `sent` names the form's key), when somebody else signs in,
// on signing out, by «Cancel» and by «Discard». Without this file every form still works.
(() => {
  "use strict";

  const PREFIX = "keep:";
  const DAY = 24 * 60 * 60 * 1000;
  const body = document.body;
  const mine = `${PREFIX}${body.dataset.drafts || ""}:`;
  const words = document.getElementById("toasts");
  const $$ = (selector, root) => Array.from(root.querySelectorAll(selector));

  const NEVER = ["hidden", "password", "file", "submit", "button", "image", "reset"];
  const fieldsOf = (form) => Array.from(form.elements)
    .filter((field) => field.matches("input, select, textarea") && field.name && !NEVER.includes(field.type));
  const drawingsOf = (form) => Array.from(form.elements).filter((field) => field.dataset.drawing !== undefined);
  function keeps(form) {
    if (form.dataset.keep === "no" || form.method !== "post" || form.hasAttribute("data-hx-post")) return false;
    const fields = fieldsOf(form);
    if (form.querySelector("input[type=password], .row-select")) return false;
    return drawingsOf(form).length > 0 || fields.some((field) => field.matches("textarea")) ||
      new Set(fields.map((field) => field.name)).size > 1;
  }

  function nameOf(form) {
    const action = new URL(form.getAttribute("action") || location.href, location.href);
    const same = $$("form", document).filter((other) => (other.getAttribute("action") || "") === (form.getAttribute("action") || ""));
    return `${mine}${action.pathname}${action.search}#${same.indexOf(form)}`;
  }

  // [name, which of that name, value or tick]; the state of the whole form, what is empty and not ticked included.
  function stateOf(form) {
    const seen = {};
    return fieldsOf(form).map((field) => {
      seen[field.name] = (seen[field.name] || 0) + 1;
      if (["checkbox", "radio"].includes(field.type)) return [field.name, seen[field.name], field.checked];
      if (field.multiple) return [field.name, seen[field.name], Array.from(field.selectedOptions, (option) => option.value)];
      return [field.name, seen[field.name], field.value];
    });
  }
  // A number that stands for a state: what a draft was typed into is compared, not kept.
  const print = (state) => Array.from(JSON.stringify(state)).reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) | 0, 7);

  function apply(form, draft) {
    const seen = {};
    const kept = new Map(draft.state.map(([name, n, value]) => [`${name} ${n}`, value]));
    fieldsOf(form).forEach((field) => {
      seen[field.name] = (seen[field.name] || 0) + 1;
      const key = `${field.name} ${seen[field.name]}`;
      if (!kept.has(key)) return;
      const value = kept.get(key);
      if (["checkbox", "radio"].includes(field.type)) field.checked = value;
      else if (field.multiple) Array.from(field.options).forEach((option) => { option.selected = value.includes(option.value); });
      else field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    applyDrawings(form, draft);
  }
  function applyDrawings(form, draft) {
    drawingsOf(form).forEach((field) => {
      const { value = "", strokes = "" } = draft.drawings[field.name] || {};
      field.value = value;
      field.dataset.strokes = strokes;
      field.dispatchEvent(new Event("restored"));
    });
  }

  function read(name) {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  }
  function write(name, draft) {
    try {
      sessionStorage.setItem(name, JSON.stringify(draft));
    } catch {
      // The tab's store is full: what is on the page stays there.
    }
  }
  const drafts = () => Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));

  // First of all what is over: done, too old, or somebody else's.
  const done = (document.cookie.match(/(?:^|; )(?:__Host-)?sent=([^;]*)/) || ["", ""])[1].split(".");
  const [prefix, secure] = location.protocol === "https:" ? ["__Host-", "; secure"] : ["", ""];
  document.cookie = `${prefix}sent=; path=/; max-age=0; samesite=lax${secure}`;
  drafts().forEach((name) => {
    const draft = read(name);
    const others = body.dataset.drafts && !name.startsWith(mine) && !name.startsWith(`${PREFIX}:`);
    if (!draft || others || draft.at < Date.now() - DAY || done.includes(draft.key)) sessionStorage.removeItem(name);
  });

  function tell(form, draft, restored, served) {
    const line = Object.assign(document.createElement("p"), { className: "notice kept-notice" });
    line.setAttribute("role", "status");
    const time = new Date(draft.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false });
    const text = document.createElement("span");
    const press = (label, work) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: label });
      button.addEventListener("click", work);
      line.append(" ", button);
    };
    text.textContent = (restored ? words.dataset.restored : words.dataset.draft).replace("{time}", time);
    line.append(text);
    if (!restored) press(words.dataset.restore, () => { apply(form, draft); line.remove(); });
    press(words.dataset.discard, () => {
      if (restored) apply(form, { state: served, drawings: {} });
      sessionStorage.removeItem(nameOf(form));
      line.remove();
    });
    form.prepend(line);
  }

  $$("form", document).filter(keeps).forEach((form) => {
    const name = nameOf(form);
    const served = stateOf(form);
    const found = read(name);
    let bases = [print(served)];
    if (found) {
      // What the server shows again after a refusal is what was typed: still the same draft.
      const again = print(found.state) === bases[0];
      if (found.bases.includes(bases[0]) || again) bases = [...new Set([...found.bases, ...bases])];
      const restores = !again && found.bases.includes(print(served));
      if (again) applyDrawings(form, found);
      else tell(form, found, restores, served);
      if (restores) apply(form, found);
    }
    const keep = () => {
      const drawn = drawingsOf(form).filter((field) => field.value);
      const drawings = Object.fromEntries(drawn.map((field) => [field.name, { value: field.value, strokes: field.dataset.strokes }]));
      const key = form.elements.form_key;
      write(name, { at: Date.now(), state: stateOf(form), bases, drawings, key: key ? key.value : "" });
    };
    const ours = (event) => {
      const typed = print(stateOf(form)) !== print(served) || drawingsOf(form).some((field) => field.value);
      if (typed || event.type === "submit") keep();
    };
    form.addEventListener("input", ours);
    form.addEventListener("change", ours);
    form.addEventListener("submit", ours);
    $$("a[data-cancel]", form).forEach((link) => link.addEventListener("click", () => sessionStorage.removeItem(name)));
  });

  $$("form[data-forget]", document).forEach((form) => form.addEventListener("submit", () => sessionStorage.clear()));
})();
