// Light, dark or as the system has it; kept for the next page.
// Runs in the head, so that a page never flashes in the wrong colours.

(() => {
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const modes = ["auto", "light", "dark"];
  const words = { auto: "automatic", light: "light", dark: "dark" };

  function remembered() {
    try {
      return localStorage.getItem("mode");
    } catch {
      return null;  // storage may be forbidden
    }
  }

  function remember(mode) {
    try {
      localStorage.setItem("mode", mode);
    } catch {
      // then the choice lasts for this page
    }
  }

  // A canvas is told of new colours by a transition that ends; neither paper
  // nor who asks for less motion waits for one.
  function wear(theme) {
    const canvases = document.querySelectorAll("canvas");
    for (const canvas of canvases) canvas.style.transition = "none";
    root.dataset.theme = theme;
    for (const canvas of canvases) {
      canvas.dispatchEvent(new Event("transitionend"));
      canvas.style.transition = "";
    }
  }

  function show(mode) {
    const dark = mode === "dark" || (mode === "auto" && system.matches);
    root.dataset.mode = mode;
    wear(dark ? "dark" : "light");
    const button = document.getElementById("theme-button");
    if (button) button.ariaLabel = button.title = `Colours: ${words[mode]}`;
  }

  function next() {
    const mode = modes[(modes.indexOf(root.dataset.mode) + 1) % 3];
    remember(mode);
    show(mode);
  }

  const known = remembered();
  show(modes.includes(known) ? known : "auto");
  system.addEventListener("change", () => show(root.dataset.mode));
  addEventListener("beforeprint", () => wear("light"));
  addEventListener("afterprint", () => show(root.dataset.mode));
  document.addEventListener("DOMContentLoaded", () => {
    document.getElementById("theme-button").addEventListener("click", next);
    show(root.dataset.mode);
  });
})();
