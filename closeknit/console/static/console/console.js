// The console's few habits: keys, undo that counts down, copy, print, confirm, the phone's menu. Everything works without it, more slowly.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");
  const word = (name) => one(`[data-word="${name}"]`, one("#words").content).textContent;

  // --- messages: an undo stands as long as its seconds count down, and stops counting while somebody is on it
  function countDown(line) {
    const shown = one("[data-seconds]", line);
    let left = Number(line.dataset.undo);
    const tick = setInterval(() => {
      if (line.matches(":hover, :focus-within")) return;
      left -= 1;
      shown.textContent = left;
      if (left > 0) return;
      clearInterval(tick);
      one("form", line).remove();
      line.removeAttribute("data-undo");
    }, 1000);
  }
  const begin = (within) => {
    all("[data-undo]", within).forEach((line) => {
      if (line.dataset.counts) return;
      line.dataset.counts = "yes";
      countDown(line);
    });
    const trouble = one("[data-focus]", within);
    if (trouble) trouble.focus();
  };

  // --- confirm before a form is sent
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.confirm || form.dataset.confirmed) return;
    event.preventDefault();
    const dialog = one("#confirm");
    one("#confirm-text").textContent = form.dataset.confirm;
    dialog.returnValue = "no";
    dialog.onclose = () => {
      if (dialog.returnValue !== "yes") return;
      form.dataset.confirmed = "yes";
      form.requestSubmit(event.submitter); // with the button's own value: it says what is to be done
    };
    dialog.showModal();
  });

  // --- clicks
  const menu = one("#menu");
  function setMenu(open) {
    if (!menu) return;
    menu.classList.toggle("open", open);
    one("[data-opens=menu]").setAttribute("aria-expanded", String(open));
    if (open) one("a", menu).focus();
  }
  async function copy(button) {
    const text = one(button.dataset.copy).innerText;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(area);
      area.select();
      document.execCommand("copy"); // where the page is not on https, as on a town's own network
      area.remove();
    }
    const before = button.innerHTML;
    button.textContent = word("copied");
    setTimeout(() => (button.innerHTML = before), 2000);
  }
  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);
    if (at("[data-opens=menu]")) return setMenu(!menu.classList.contains("open"));
    if (menu && menu.classList.contains("open") && !at("#menu")) setMenu(false);
    if (at("[data-close]")) at(".toast-line").remove();
    if (at("[data-copy]")) copy(at("[data-copy]"));
    if (at("[data-print]")) window.print();
    if (at("[data-dialog]")) one(at("[data-dialog]").dataset.dialog).showModal();
    all("details.drop[open]").forEach((open) => !open.contains(event.target) && open.removeAttribute("open"));
  });

  // --- a filter is sent as soon as it is chosen
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form && event.target.matches("select")) form.requestSubmit();
  });

  // --- keys
  const rows = () => all("table[data-rows] tbody tr");
  function step(by) {
    const list = rows();
    if (!list.length) return;
    const before = list.findIndex((row) => row.classList.contains("here"));
    const row = list[Math.min(list.length - 1, Math.max(0, before + by))];
    list.forEach((other) => other.classList.toggle("here", other === row));
    const link = one("a", row);
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
  const press = (selector) => one(selector) && one(selector).click();
  const keys = {
    "/": () => one("#search") && (one("#search").focus(), one("#search").select()),
    "?": () => one("#keys").showModal(),
    j: () => step(1),
    k: () => step(-1),
    n: () => press("a[rel=next]"),
    p: () => press("a[rel=prev]"),
    u: () => press("[data-undo] form button"),
  };
  let before = "";
  function inHits(event) {
    const box = event.target.closest("[data-hits-box]");
    if (!box || !["ArrowDown", "ArrowUp"].includes(event.key)) return false;
    const stops = [one("input", box), ...all(".hits a", box)];
    const next = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    stops[Math.max(0, Math.min(stops.length - 1, next))].focus();
    return true;
  }
  document.addEventListener("keydown", (event) => {
    if (inHits(event)) return event.preventDefault();
    if (event.key === "Escape") {
      setMenu(false);
      all("details.drop[open]").forEach((open) => open.removeAttribute("open"));
      if (event.target.closest("[data-hits-box]")) document.activeElement.blur();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return keys["/"]();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
    if (before === "g" && event.key === "h") return window.location.assign("/");
    before = event.key;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // --- the first screen: of all pages those whose name holds what is typed
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-narrows]")) return;
    const box = event.target.closest("[data-narrowed]");
    const words = event.target.value.trim().toLowerCase();
    all("section", box).forEach((group) => {
      const doors = all(".door", group);
      doors.forEach((door) => { door.hidden = !door.dataset.words.includes(words); });
      group.hidden = doors.every((door) => door.hidden);
    });
    const none = one("[data-narrow-none]", box);
    none.textContent = one(".door:not([hidden])", box) ? "" : none.dataset.none;
  });

  // --- phones: filters are folded away until they are wanted
  all("details.filters").forEach((filters) => {
    if (matchMedia("(max-width: 699px)").matches && !filters.hasAttribute("data-used")) filters.removeAttribute("open");
  });
  document.addEventListener("htmx:after:swap", (event) => begin(event.target instanceof Element ? event.target : document));
  begin(document);
})();
