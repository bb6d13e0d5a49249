// A widget's script, run for a model and drawn into its places in the page.

const sources = {};  // stem -> script, as the page's other scripts hand it in
const modules = {};  // script -> module, so that each runs once a page
const leaving = new Map();  // el -> what to do when it has left the page

const experimental = {
  invoke: () => Promise.reject(new Error("No kernel stands behind this page")),
};

// "cvnotes.widgets.growth.GrowthExplorer" is drawn by growth.js
function stemOf({ _anywidget_id }) {
  return _anywidget_id.split(".").at(-2);
}

// A Blob, because a page opened from a disk may not import a file.
function load(source) {
  const blob = new Blob([source], { type: "text/javascript" });
  return modules[source] ??= import(URL.createObjectURL(blob));
}

function dress(css) {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}

// Once for each model, however many views it has.
async function prepare(model) {
  if (model.saved._css) dress(model.saved._css);
  const stem = stemOf(model.saved);
  if (!sources[stem]) throw new Error(`This page has no script "${stem}"`);
  const { default: made } = await load(`${sources.kit}\n${sources[stem]}`);
  const widget = typeof made === "function" ? await made() : made;
  const { signal } = new AbortController();  // a model stays with the page
  await widget.initialize?.({ model: model.contract(), signal, experimental });
  return widget;
}

async function show(el, model) {
  const contract = model.contract();
  const stay = new AbortController();
  const parts = { model: contract, el, signal: stay.signal, experimental };
  el.replaceChildren();
  const drawn = model.widget.then((widget) => widget.render?.(parts));

  leaving.set(el, () => {
    leaving.delete(el);
    stay.abort();
    contract.off();
    drawn.then((cleanUp) => cleanUp?.()).catch(reportError);
  });
  try {
    await drawn;
  } catch {
    leaving.get(el)?.();  // which also reports the error
    apologise(el);
  }
  el.removeAttribute("aria-busy");
}

function apologise(el) {
  const sorry = document.createElement("p");
  sorry.setAttribute("role", "alert");
  sorry.textContent =
    "This picture could not be drawn; the rest of the page works.";
  el.replaceChildren(sorry);
}

function watchForLeaving() {
  new MutationObserver(() => {
    for (const [el, leave] of leaving) if (!el.isConnected) leave();
  }).observe(document.body, { childList: true, subtree: true });
}
