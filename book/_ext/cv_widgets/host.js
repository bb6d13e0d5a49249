// Wakes the widgets of a page that no kernel stands behind.

const MIME = "application/vnd.jupyter.widget-";

window.cvnotes = {
  script(stem, source) {
    sources[stem] = source;
  },
};

function contents(kind) {
  const tags = document.querySelectorAll(`script[type="${MIME}${kind}+json"]`);
  return Array.from(tags, (tag) => [tag, JSON.parse(tag.textContent)]);
}

function start() {
  const saved = {};
  for (const [, page] of contents("state")) Object.assign(saved, page.state);
  const address = new Address();
  const models = {};
  const places = [];
  for (const [tag, { model_id: id }] of contents("view")) {
    if (saved[id]?.model_module !== "anywidget") continue;
    if (!models[id]) {
      models[id] = new Model(saved[id], () => address.save());
      address.add(stemOf(saved[id].state), models[id]);
    }
    places.push([tag.closest(".cv-view"), models[id]]);
  }
  address.apply();  // before a script sees the model, so that nothing flickers
  for (const model of Object.values(models)) model.widget = prepare(model);
  for (const [el, model] of places) show(el, model);
  watchForLeaving();
}

// The widgets' scripts come after this one; by then all of them are here.
addEventListener("DOMContentLoaded", start);
