// The traits of one widget, handed out as anywidget's front end does it.

function bytes(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

// Equal by value, as in Jupyter: a new list with the old items is no change.
function same(a, b) {
  if (Object.is(a, b)) return true;
  if (!a || !b || typeof a !== "object") return false;
  if (a.constructor !== b.constructor) return false;
  if (ArrayBuffer.isView(a)) [a, b] = [bytes(a), bytes(b)];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length &&
    keys.every((key) => key in b && same(a[key], b[key]));
}

// A page holds binary traits beside the others, as text; put them back.
function restore(state, { data, path }) {
  const holder = path.slice(0, -1).reduce((at, key) => at[key], state);
  const raw = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  holder[path.at(-1)] = new DataView(raw.buffer);
}

class Model {
  constructor({ state, buffers = [] }, saveChanges) {
    for (const buffer of buffers) restore(state, buffer);
    this.state = state;
    // A copy, because a widget may change a list in its place.
    this.saved = structuredClone(state);
    this.saveChanges = saveChanges;
    this.listeners = [];
  }

  set(name, value) {
    const news = typeof name === "object" ? name : { [name]: value };
    const changed = Object.keys(news).filter(
      (key) => !same(this.state[key], news[key]));
    Object.assign(this.state, news);
    if (changed.length) this.pending = true;
    // A listener may set again: then the outermost call says "change" for all.
    const outermost = !this.setting;
    this.setting = true;
    for (const key of changed) this.fire(`change:${key}`, this.state[key]);
    if (!outermost) return;
    while (this.pending) {
      this.pending = false;
      this.fire("change");
    }
    this.setting = false;
  }

  // One listener's mistake must not keep the news from the others.
  fire(event, ...news) {
    for (const listener of [...this.listeners]) {
      if (listener.event !== event) continue;
      try {
        listener.callback(listener.contract, ...news);
      } catch (error) {
        reportError(error);
      }
    }
  }

  // What a script is given; its listeners are its own, off() spares others.
  contract() {
    const contract = {
      get: (name) => this.state[name],
      set: (name, value) => this.set(name, value),
      save_changes: () => this.saveChanges(),
      send() {},  // A message is for Python, and none stands behind a page.
      on: (events, callback) => {
        for (const event of events.split(" ")) {
          this.listeners.push({ event, callback, contract });
        }
      },
      off: (events, callback) => {
        this.listeners = this.listeners.filter((listener) =>
          listener.contract !== contract ||
          (events && !events.split(" ").includes(listener.event)) ||
          (callback && listener.callback !== callback));
      },
    };
    return contract;
  }
}
