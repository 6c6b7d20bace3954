// One thing a step: shows one section of a form[data-sitting] at a time. Without script all stand below each other.
(() => {
  "use strict";

  const form = document.querySelector("form[data-sitting]");
  if (!form) return;
  const steps = [...form.querySelectorAll("[data-step]")];
  let now = 0;

  function show(number, fromHistory) {
    now = Math.min(Math.max(number, 0), steps.length - 1);
    steps.forEach((step, index) => { step.hidden = index !== now; });
    if (!fromHistory) history.pushState({ step: now }, "");
    window.scrollTo(0, 0);
  }

  function complaint(box, text) {
    let line = box.querySelector("[data-complaint]");
    if (!line) {
      line = document.createElement("p");
      line.className = "invalid-feedback d-block";
      line.dataset.complaint = "";
      line.setAttribute("role", "alert");
      box.append(line);
    }
    line.textContent = text;
  }

  // The browser's own words where a field refuses; ours where no weekday is chosen.
  function isComplete(step) {
    const empty = [...step.querySelectorAll("[data-at-least-one]")].find((box) => {
      const chosen = box.querySelector("input:checked");
      complaint(box, chosen ? "" : box.dataset.atLeastOne);
      return !chosen;
    });
    const refused = [...step.querySelectorAll("input, select")].find((field) => !field.checkValidity());
    if (refused) refused.reportValidity();
    return !empty && !refused;
  }

  form.addEventListener("click", (event) => {
    const link = event.target.closest("[data-next], [data-back]");
    if (!link) return;
    event.preventDefault();
    if (link.matches("[data-back]")) history.back();
    else if (isComplete(steps[now])) show(now + 1);
  });
  window.addEventListener("popstate", (event) => show(event.state ? event.state.step : 0, true));

  const refused = steps.findIndex((step) => step.querySelector(".is-invalid, [role=alert]"));
  const kept = history.state && history.state.step;
  const first = form.hasAttribute("data-refused") ? Math.max(refused, 1) : kept || 0;
  history.replaceState({ step: first }, "");
  show(first, true);
})();
