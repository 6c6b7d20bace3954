// Copies a text: by the clipboard where the browser has one, else (WeChat, plain http) by selecting it.
(() => {
  "use strict";

  async function copy(area) {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(area.value);
        return true;
      } catch (refused) {
        // Some in-app browsers refuse: selecting still works.
      }
    }
    area.focus();
    area.select();
    return document.execCommand("copy");
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const done = await copy(document.getElementById(button.dataset.copy));
    button.parentElement.querySelector("[data-copy-said]").textContent = done ? button.dataset.copied : "";
  });
})();
