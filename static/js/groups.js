// Drag a child, or a whole class, to another care group. Without this file the ticks and the button beside them do the same.
(() => {
  "use strict";

  let dragged = null;
  const column = (event) => (dragged ? event.target.closest("[data-group]") : null);
  const clear = () => document.querySelectorAll(".is-target").forEach((one) => one.classList.remove("is-target"));

  document.addEventListener("dragstart", (event) => {
    const item = event.target.closest ? event.target.closest("[data-children]") : null;
    if (!item) return;
    dragged = item.dataset.children;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged);
  });
  document.addEventListener("dragover", (event) => {
    const target = column(event);
    clear();
    if (!target) return;
    event.preventDefault();
    target.classList.add("is-target");
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    clear();
  });
  document.addEventListener("drop", (event) => {
    const target = column(event);
    if (!target) return;
    event.preventDefault();
    const board = document.getElementById("board");
    const values = { action: "move", child: dragged, to: target.dataset.group, grade: board.dataset.grade };
    dragged = null;
    htmx.ajax("POST", board.dataset.url, { target: "#board", swap: "outerHTML", values });
  });
})();
