// A grid for the keyboard: digits that are whole answers move on by themselves, Enter goes to the next row, arrows up and down.
(() => {
  "use strict";
  const form = document.querySelector("[data-entry]");
  if (!form) return;
  const cells = (row) => [...row.querySelectorAll("input:not([type=checkbox])")];
  const rows = () => [...form.querySelectorAll("tbody tr")].filter((row) => cells(row).length);
  const timeOf = (row) => row.querySelector("input[id$='-time']");
  const go = (input) => input && input.focus();

  function beside(input, by) {
    const all = cells(input.closest("tr"));
    return all[all.indexOf(input) + by];
  }
  // Where a row begins: at the time; in an empty row at whom it is about.
  const firstOf = (row) => row.querySelector("input[id$='-who']") || timeOf(row);

  // "905" and "0905" are whole; "105" may become "1054" and waits for Tab.
  const wholeTime = (text) => /^([3-9]\d\d|\d{4}|\d{1,2}:\d\d)$/.test(text) && !/^2[4-9]\d\d$/.test(text);

  function tell(input) {
    const number = Number(input.value);
    const words = input.title.split(" · ")[number - 1] || "";
    let told = input.parentNode.querySelector(".told");
    if (!told) input.after((told = Object.assign(document.createElement("span"), { className: "told" })));
    told.textContent = words.replace(/^\d+ /, "");
  }

  form.addEventListener("input", (event) => {
    const input = event.target;
    if (input.dataset.digits) {
      tell(input);
      const number = Number(input.value);
      if (/^\d$/.test(input.value) && number >= 1 && number <= Number(input.dataset.digits)) go(beside(input, 1));
    } else if (input.id.endsWith("-time") && input.selectionStart === input.value.length && (wholeTime(input.value) || input.value === ".")) {
      go(beside(input, 1));
    }
  });

  // Whoever comes back to a cell types over what stands there.
  form.addEventListener("focusin", (event) => event.target.matches("tbody input:not([type=checkbox])") && event.target.select());

  // A scanned code of a row leads to the row.
  function toScanned(input) {
    const code = /^CK[PHV]1:([^:]+):[0-9A-Z]$/i.exec(input.value.trim());
    const row = code && form.querySelector(`tr[data-code="${CSS.escape(code[1])}"]`);
    if (!row || !timeOf(row)) return false;
    input.value = "";
    go(timeOf(row));
    return true;
  }

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches("tbody input") || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (toScanned(input)) return;
      const list = rows();
      const row = list[list.indexOf(input.closest("tr")) + 1];
      if (row) go(firstOf(row));
      else form.querySelector("[data-save]").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const list = rows();
      const row = list[list.indexOf(input.closest("tr")) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!row) return;
      event.preventDefault();
      const same = row.querySelector(`input[id$="-${CSS.escape(input.id.replace(/^r\d+-/, ""))}"]`);
      go(same || cells(row)[0]);
    }
  });

  // --- the scans: larger, smaller, turned
  const look = { zoom: 1, turned: 0 };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom], [data-turn]");
    if (!button) return;
    if (button.dataset.zoom) look.zoom = Math.min(6, Math.max(0.5, look.zoom * Number(button.dataset.zoom)));
    else look.turned = (look.turned + 90) % 360;
    document.querySelectorAll(".entry-picture img").forEach((picture) => {
      picture.style.width = `${look.zoom * 100}%`;
      picture.style.rotate = `${look.turned}deg`;
    });
  });

  form.querySelectorAll("[data-digits]").forEach((input) => input.value && tell(input));
  if (!form.querySelector("[data-focus]")) {
    const next = rows().find((row) => timeOf(row) && !timeOf(row).value);
    if (next) go(firstOf(next));
  }
})();
