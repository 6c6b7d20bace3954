// A signature by finger: each canvas[data-signature-for] writes a PNG data URL into the hidden field of that id.
(() => {
  "use strict";

  document.querySelectorAll("canvas[data-signature-for]").forEach((canvas) => {
    const field = document.getElementById(canvas.dataset.signatureFor);
    const frame = canvas.closest(".signature-pad");
    const pad = new SignaturePad(canvas, { penColor: "#12241b", backgroundColor: "rgb(255,255,255)", minWidth: 1, maxWidth: 3 });

    // A canvas has its own pixels: twice or three times the page's on a phone, and new ones when the phone is turned.
    function fit() {
      const ratio = Math.max(window.devicePixelRatio || 1, 1);
      const width = Math.round(canvas.offsetWidth * ratio);
      if (!width || width === canvas.width) return;
      const strokes = pad.toData();
      canvas.width = width;
      canvas.height = Math.round(canvas.offsetHeight * ratio);
      canvas.getContext("2d").scale(ratio, ratio);
      pad.clear();
      if (strokes.length) pad.fromData(strokes);
    }

    function write() {
      field.value = pad.isEmpty() ? "" : pad.toDataURL("image/png");
      if (pad.isEmpty()) delete field.dataset.strokes;
      else field.dataset.strokes = JSON.stringify(pad.toData());
      frame.classList.toggle("is-signed", !pad.isEmpty());
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }

    pad.addEventListener("endStroke", write);
    document.querySelectorAll(`[data-signature-clear="${canvas.dataset.signatureFor}"]`).forEach((button) => {
      button.addEventListener("click", () => {
        pad.clear();
        write();
      });
    });
    // A drawing that was kept (keep.js) stands there again, as its strokes.
    function redraw() {
      pad.clear();
      if (field.dataset.strokes) pad.fromData(JSON.parse(field.dataset.strokes));
      frame.classList.toggle("is-signed", !pad.isEmpty());
    }
    field.addEventListener("restored", redraw);

    new ResizeObserver(fit).observe(canvas);
    fit();
    if (field.dataset.strokes) redraw();
  });
})();
