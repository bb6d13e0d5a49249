// What is said of two models, a unit and a pixel.

const percent = (part) => `${(100 * part).toFixed(part < 1 ? 1 : 0)}\u00a0%`;
const odds = (z) => `${(100 * chance(z)).toFixed(0)}\u00a0%`;
const signed = (v, digits = 2) =>
  `${v < 0 ? "−" : "+"}\u00a0${Math.abs(v).toFixed(digits)}`;
const plain = (v, digits = 2) => v.toFixed(digits).replace("-", "−");
const sumText = ([w1, w2, b]) =>
  `${plain(w1)}·c₁ ${signed(w2)}·c₂ ${signed(b)}`;
const countUnits = (count) =>
  `${count} hidden unit${count === 1 ? "" : "s"}`;
const className = (is) => (is ? "■" : "●");

export const filterFormula = (net) => ["■ if ", { b: sumText(net) }, "\u00a0>\u00a00"];

// The unit that is looked at in full, or what all of them are put into.
export function unitFormula(net, unit) {
  const all = units(net);
  if (unit == null || !all[unit]) {
    const list = all.map(([, , , v], u) => `${u ? signed(v) : plain(v)}·h` +
      [...`${u + 1}`].map((n) => "₀₁₂₃₄₅₆₇₈₉"[n]).join(""));
    const shown = list.length > 4 ? [...list.slice(0, 4), "+ …"] : list;
    return ["■ if ", { b: shown.join(" ") }, ` ${signed(net.at(-1))}\u00a0>\u00a00`];
  }
  const v = all[unit][3];
  return [`unit ${unit + 1} adds `, { b: `${plain(v)}·ReLU(` +
    `${sumText(all[unit])})` }, `: where it is on, it speaks for ` +
    className(v > 0)];
}

export function restSentence({ hidden, rate }, at, [filter, mlp], stalled) {
  const told = at ? `After ${at} step${at > 1 ? "s" : ""} at rate ` +
    kit.number(rate) : "Not trained yet:";
  return [`${told} the 1×1 filter has `, { b: percent(filter.right) },
    " of the pixels right, the mlpconv with ", `${countUnits(hidden)} `,
    { b: percent(mlp.right) }, ".", stalled
      ? " Its loss has hardly fallen for 100 steps: try another seed, or " +
        "more units."
      : at ? "" : ` Press Run: learning rate ${kit.number(rate)}.`];
}

export function pixelSentence(pixel, { x, y, is }, made) {
  const [row, column] = [1 + Math.floor(pixel / SIDE), 1 + (pixel % SIDE)];
  const [filter, mlp] = made.map((values) => odds(values[pixel]));
  return [`Pixel in row ${row}, column ${column}: c₁ = ${plain(x[pixel])}, ` +
    `c₂ = ${plain(y[pixel])}, class ${className(is[pixel])}; `,
  `chance of ■: filter ${filter}, mlpconv ${mlp}.`];
}
