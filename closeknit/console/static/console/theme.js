// Before the first paint: the device's own light or dark, where the reader has chosen neither.
(() => {
  const root = document.documentElement;
  if (root.hasAttribute("data-bs-theme")) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = () => root.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  set();
  dark.addEventListener("change", set);
})();
