// Settings that differ from the saved ones stand in the address: #growth.k=24

const LONGEST = 200;  // characters; a longer value makes no link worth sharing

class Address {
  constructor() {
    this.models = new Map();
    this.timer = 0;
    addEventListener("hashchange", () => this.apply());
  }

  // The second model of a stem is growth2, in the order of the page.
  add(stem, model) {
    let name = stem;
    for (let n = 2; this.models.has(name); n++) name = stem + n;
    this.models.set(name, model);
  }

  // [name, model, trait] of each setting: what the widget lists in `_shared`,
  // or else every public trait.
  *settings() {
    for (const [name, model] of this.models) {
      const { saved } = model;
      const open = Object.keys(saved).filter((trait) => trait[0] !== "_");
      for (const trait of saved._shared ?? open) {
        if (fits(saved[trait], saved[trait])) {
          yield [`${name}.${trait}`, model, trait];
        }
      }
    }
  }

  text() {
    const parts = [];
    for (const [key, { state, saved }, trait] of this.settings()) {
      const value = state[trait];
      if (!fits(value, saved[trait])) continue;
      const text = write(value);
      if (text === write(saved[trait]) || text.length > LONGEST) continue;
      parts.push(`${key}=${encodeURIComponent(text).replaceAll("%2C", ",")}`);
    }
    return parts.join("&");
  }

  // An address with settings means exactly these; any other is an anchor.
  asked() {
    const parts = location.hash.slice(1).split("&").map((p) => p.split("="));
    const asked = new Map(parts.filter((part) => part.length === 2));
    const known = [...this.settings()].some(([key]) => asked.has(key));
    return known ? asked : undefined;
  }

  apply() {
    const asked = this.asked();
    if (!asked) return;
    const news = new Map();
    for (const [key, model, trait] of this.settings()) {
      const value = given(asked.get(key), model.saved[trait]);
      news.set(model, { ...news.get(model), [trait]: value });
    }
    for (const [model, traits] of news) model.set(traits);
  }

  // A moment later, since a slider that is dragged saves at every step.
  save() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      const text = this.text();
      if (!text && !this.asked()) return;  // leave an ordinary anchor alone
      const page = location.pathname + location.search;
      history.replaceState(history.state, "", text ? `#${text}` : page);
    }, 150);
  }
}
