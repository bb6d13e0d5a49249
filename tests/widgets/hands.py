"""A widget, drawn in a page that no kernel stands behind."""

import sys
from base64 import b64encode

from cvnotes.widgets import kit

# A model as a host would hand it in, and the widget drawn for it.
SHOW = """async ([source, css, state, bytes]) => {
  const url = URL.createObjectURL(
    new Blob([source], { type: "text/javascript" }));
  const { default: widget } = await import(url);
  const heard = [];
  for (const [name, text] of Object.entries(bytes)) {
    const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    state[name] = new DataView(raw.buffer);
  }
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      if (JSON.stringify(state[name]) === JSON.stringify(value)) return;
      state[name] = value;
      heard.filter(([event]) => event === `change:${name}`)
        .forEach(([, call]) => call());
    },
    save_changes() {},
    on: (event, call) => heard.push([event, call]),
    off: (event, call) => heard.splice(
      heard.findIndex((h) => h[0] === event && h[1] === call), 1),
  };
  document.head.append(Object.assign(document.createElement("style"),
    { textContent: css }));
  const el = document.body.appendChild(document.createElement("div"));
  window.state = state;
  window.heard = heard;
  window.leave = widget.render({ model, el });
}"""
SHIPPED = ("_bounds", "_start", "_plan", "_presets", "_examples", "_weights")


def draw(page, kind):
    """Draw a widget of this kind; its state is ``window.state``."""
    widget = kind()
    names = [*kind.settings(), *filter(widget.has_trait, SHIPPED)]
    state = {name: getattr(widget, name) for name in names}
    raw = [n for n, value in state.items() if isinstance(value, bytes)]
    texts = {name: b64encode(state.pop(name)).decode() for name in raw}
    home = sys.modules[kind.__module__].__file__
    page.evaluate(SHOW, [kit.script(home), kit.style(home), state, texts])
