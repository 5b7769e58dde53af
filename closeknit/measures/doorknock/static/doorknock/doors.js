// Keys 1 to 5 press the outcome of the row that j and k have reached.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
    const press = document.querySelector(`tr.here [data-key="${CSS.escape(event.key)}"]`);
    if (press) press.click();
  });
})();
