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

// A pattern's page is somebody's first screen too: what it is made of comes beside the first scripts, not after them.
(function () {
  var files = []; // the build names them
  var at = /^\/p\/([a-z2-7]{26})(\/make|\/print)?$/.exec(location.pathname);
  if (!at) return;
  function ahead(rel, href) {
    var link = document.createElement("link");
    link.rel = rel;
    if (rel === "preload") link.as = "fetch";
    link.crossOrigin = "anonymous";
    link.href = href;
    document.head.append(link);
  }
  ahead("preload", "/api/v1/patterns/pat_" + at[1]);
  if (!at[2]) for (var file of files) ahead("modulepreload", "/" + file);
})();
