// Runs before the first paint, so that a chosen dark page does not flash white. The names are MUI's.
(function () {
  var mode = null;
  try {
    mode = localStorage.getItem("knotty-mode");
  } catch {
    // Storage is off: the system's scheme is a good guess.
  }
  var dark = mode === "dark" || (mode !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-scheme", dark ? "dark" : "light");
})();
