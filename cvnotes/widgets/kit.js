// What every widget shares: controls, number formats, drawing, clean-up.
// It is put in front of a widget's own script, so it declares one name only.

const kit = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const exact = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
  const tenths = new Intl.NumberFormat("en", { minimumFractionDigits: 1,
    maximumFractionDigits: 1 });

  // An element with attributes and children; SVG when it is made by `svg`.
  const fill = (node, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      // In braces: what a handler returns must not cancel the event.
      if (name.startsWith("on")) node[name] = (event) => { value(event); };
      else if (value === true) node.setAttribute(name, "");
      else if (value !== false && value != null) {
        node.setAttribute(name, value);
      }
    }
    node.append(...children.flat().filter((child) => child != null));
    return node;
  };
  const html = (tag, attributes = {}, ...children) =>
    fill(document.createElement(tag), attributes, children);
  const svg = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS(SVG, tag), attributes, children);

  const number = (value) => exact.format(value).replace("-", "−");
  const short = (value) => {
    const size = Math.abs(value);
    if (size < 1e4) return number(Math.round(value));
    const [unit, name] = size >= 1e9 ? [1e9, "G"]
      : size >= 1e6 ? [1e6, "M"] : [1e3, "k"];
    return `${number(+(value / unit).toPrecision(3))} ${name}`;
  };
  const change = (now, before) => {
    if (now === before) return "the same";
    if (now >= 2 * before) return `${tenths.format(now / before)} times`;
    const percent = Math.abs(100 * (now / before - 1));
    const shown = percent < 0.1 ? "under 0.1" : percent > 99.99 ? "over 99.99"
      : percent.toFixed(percent > 99 ? 2 : percent < 1 ? 1 : 0);
    return `${now > before ? "+" : "−"}${shown} %`;
  };
  // A product, and k with its value, stay on one line.
  const together = (text) =>
    text.replace(/ ([·×]) /g, "\u00a0$1\u00a0")
      .replace(/\bk = /g, "k\u00a0=\u00a0");
  // The i-th of `count` layers: older ones are deep, newer ones bright.
  const shade = (i, count) => "color-mix(in oklab, var(--cv-bright) " +
    `${(100 * i) / Math.max(1, count - 1)}%, var(--cv-deep))`;
  const round = (value) => {
    const step = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 5, 10].map((m) => m * step).find((m) => m >= value);
  };

  const read = (model, names) =>
    Object.fromEntries(names.map((name) => [name, model.get(name)]));
  const write = (model, values) => {
    for (const [name, value] of Object.entries(values)) {
      model.set(name, value);
    }
    model.save_changes();
  };
  const within = (bound, value, start) => {
    if (bound.values) return bound.values.includes(value) ? value : start;
    if (Array.isArray(value)) {
      return value.length ? value.slice(0, bound.most ?? undefined)
        .map((item) => within(bound, item, bound.min)) : start;
    }
    const held = Math.min(bound.max, Math.max(bound.min, value));
    const steps = Math.round((held - bound.min) / bound.step);
    return bound.whole ? bound.min + bound.step * steps : held;
  };
  const fresh = () => `cv-${Math.random().toString(36).slice(2)}`;
  const equal = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  // Draws once, and again (once a frame) when a trait or the width changes.
  // Returns the clean-up that the host calls when the view goes away.
  function redraw(model, names, panel, draw) {
    let frame = 0;
    // No width: not in the page yet, or in a tab that is not shown.
    const paint = () => panel.width() > 0 && draw();
    const later = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        paint();
      });
    };
    for (const name of names) model.on(`change:${name}`, later);
    let width = 0;
    const watch = new ResizeObserver(() => {
      if (panel.width() !== width) {
        width = panel.width();
        later();
      }
    });
    watch.observe(panel.root);
    paint();
    return () => {
      cancelAnimationFrame(frame);
      watch.disconnect();
      for (const name of names) model.off(`change:${name}`, later);
      panel.clear();
    };
  }

  // A mouse or a finger chooses by where it is; one that turns out to scroll
  // has chosen nothing, so the `traits` go back. A mouse may only `hover`.
  function pointing(node, model, traits, at, hover = false) {
    let before = null;
    node.onpointerdown = (event) => {
      if (!event.isPrimary || event.button) return;
      before = read(model, traits);
      node.setPointerCapture(event.pointerId);
      at(event);
    };
    node.onpointermove = (event) => {
      const over = hover && event.pointerType === "mouse";
      if (over || (before && event.isPrimary)) at(event);
    };
    node.onpointerup = () => { before = null; };
    node.onpointercancel = () => {
      if (before) write(model, before);
      before = null;
    };
  }

  // A table; a cell is a text, or { text, part } with a bar behind it.
  function table({ caption, head, rows, foot = [] }) {
    const cell = (value, i) => i === 0
      ? html("th", { scope: "row" }, value)
      : html("td", value?.part === undefined ? {}
        : { class: "cv-bar", style: `--part: ${100 * value.part}%` },
      value?.text ?? value);
    const line = (values) => html("tr", {}, values.map(cell));
    return html("table", {},
      caption && html("caption", {}, caption),
      html("thead", {}, html("tr", {}, head.map((text) =>
        html("th", { scope: "col" }, text)))),
      html("tbody", {}, rows.map(line)),
      html("tfoot", {}, foot.map(line)));
  }

  // A live notebook takes arrows and letters for its cells: D D deletes one.
  function keepKeys(event) {
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    const run = event.key === "Enter" && event.shiftKey;
    if (!chord && !run) event.stopPropagation();
  }

  // A titled box in `el`, with the controls that its widget asks for.
  function panel(el, model, title) {
    const undo = [];
    const name = html("p", { class: "cv-title" }, title);
    const head = html("div", { class: "cv-head" }, name);
    const root = html("div", { class: "cv", role: "group",
      "aria-label": title, onkeydown: keepKeys }, head);
    el.replaceChildren(root);
    let place = root;

    // A link may say anything; a picture holds to what the traits allow.
    for (const [trait, bound] of Object.entries(model.get("_bounds"))) {
      const start = model.get("_start")[trait];
      const hold = () => {
        const value = model.get(trait);
        const kept = within(bound, value, start);
        if (!equal(value, kept)) write(model, { [trait]: kept });
      };
      model.on(`change:${trait}`, hold);
      undo.push(() => model.off(`change:${trait}`, hold));
      hold();
    }

    const follow = (trait, show) => {
      const listen = () => show(model.get(trait));
      model.on(`change:${trait}`, listen);
      undo.push(() => model.off(`change:${trait}`, listen));
      listen();
      return listen;
    };

    const self = {
      root,
      head,
      width: () => root.clientWidth - 2 * parseFloat(
        getComputedStyle(root).paddingLeft || 0,
      ),
      // What is added inside `build` lands in a box of its own.
      box(kind, build) {
        const made = self.add(html("div", { class: kind }));
        self.inside(made, build);
        return made;
      },
      inside(node, build) {
        const before = place;
        place = node;
        build();
        place = before;
      },
      add(node) {
        place.append(node);
        return node;
      },
      follow,
      slider(trait, label, options = {}) {
        const { min, max, step } = model.get("_bounds")[trait];
        const get = options.get ?? ((value) => value);
        const set = options.set ?? ((value) => value);
        const shown = html("output", {});
        // A label belongs to the first in it, and that is the output.
        const name = html("span", { id: fresh() }, label);
        const input = html("input", {
          type: "range", min, max, step, "aria-labelledby": name.id,
          "data-setting": options.id ?? trait,
          oninput: () => write(model, { [trait]: set(+input.value) }),
        });
        const refresh = follow(trait, (value) => {
          input.value = get(value);
          shown.value = (options.format ?? number)(get(value));
          input.setAttribute("aria-valuetext", shown.value);
          const part = (get(value) - min) / (input.max - min || 1);
          input.style.setProperty("--part", `${100 * part}%`);
        });
        const kind = `cv-slider ${options.kind ?? ""}`;
        self.add(html("label", { class: kind }, name, shown, input));
        return { input, refresh };
      },
      choice(trait, label, options, pick) {
        const input = html("select", { "data-setting": trait,
          onchange: () => pick(input.value) },
        options.map((value) => html("option", { value }, value)));
        follow(trait, (value) => (input.value = value));
        self.add(html("label", { class: "cv-choice" },
          html("span", {}, label), input));
        return input;
      },
      // Settings by name, each { name, settings }; `own` where none fits.
      // One is known by its `keys`, and sets all that it has.
      presets(label, presets, own, keys = Object.keys(presets[0].settings)) {
        const input = html("select", { "data-setting": "preset",
          "aria-label": label,
          onchange: () => write(model, presets.find(({ name }) =>
            name === input.value).settings) },
        html("option", { value: own, disabled: true, hidden: true }, own),
        presets.map(({ name }) => html("option", { value: name }, name)));
        for (const key of keys) {
          follow(key, () => {
            input.value = presets.find(({ settings }) => keys.every((k) =>
              equal(settings[k], model.get(k))))?.name ?? own;
          });
        }
        self.add(html("label", { class: "cv-choice" },
          html("span", {}, label), input));
      },
      toggle(trait, label) {
        const input = html("input", { type: "checkbox",
          "data-setting": trait,
          onchange: () => write(model, { [trait]: input.checked }) });
        follow(trait, (value) => (input.checked = value));
        self.add(html("label", { class: "cv-toggle" }, input, label));
        return input;
      },
      // One of a few, as radio buttons that look like a switch.
      switch(trait, label, options) {
        const group = fresh();
        const inputs = Object.entries(options).map(([value, text]) => {
          const input = html("input", { type: "radio", name: group, value,
            "data-setting": `${trait}-${value}`,
            onchange: () => write(model, { [trait]: value }) });
          return [input, html("label", {}, input, html("span", {}, text))];
        });
        follow(trait, (value) => {
          for (const [input] of inputs) input.checked = input.value === value;
        });
        self.add(html("fieldset", { class: "cv-switch" },
          html("legend", {}, label), inputs.map(([, node]) => node)));
      },
      button(label, act, kind = "") {
        return self.add(html("button",
          { type: "button", class: `cv-button ${kind}`, onclick: act },
          label));
      },
      reset() {
        return self.button("Reset", () => write(model, model.get("_start")),
          "cv-reset");
      },
      figure(label) {
        return self.add(svg("svg", { class: "cv-figure", role: "img",
          "aria-label": label }));
      },
      // A part that is made when the reader opens it, and kept up to date.
      details(label, make) {
        const inside = html("div", { class: "cv-scroll", tabindex: 0,
          role: "region", "aria-label": label });
        const refresh = () => node.open && inside.replaceChildren(make());
        const node = self.add(html("details", { ontoggle: () => refresh() },
          html("summary", {}, label), inside));
        return { refresh };
      },
      // A sentence below the picture; one a widget is read out as it changes.
      say(kind = "", live = false) {
        const node = self.add(html("p", { class: `cv-say ${kind}`,
          "aria-live": live ? "polite" : null }));
        return (...parts) => node.replaceChildren(...parts.map((part) =>
          typeof part === "string" ? together(part)
            : html("b", {}, part.b)));
      },
      clear() {
        undo.forEach((step) => step());
        root.remove();
      },
    };
    return self;
  }

  return { html, svg, number, short, change, shade, round, read, write, equal,
    redraw, pointing, table, panel };
})();
