// What is said of the matrix, with the numbers put in.

const PITCH = 105 * 68;  // square metres of a football pitch

const signed = (value) => (value < 0 ? `(${kit.number(value)})`
  : kit.number(value));

export function length(entries) {
  if (entries < 10) return `${entries}\u00a0mm`;
  if (entries < 1000) return `${kit.number(+(entries / 10).toPrecision(3))}\u00a0cm`;
  const metres = entries / 1000;
  return metres < 1000 ? `${kit.number(+metres.toPrecision(3))}\u00a0m`
    : `${kit.number(+(metres / 1000).toPrecision(3))}\u00a0km`;
}

export function memory(bytes) {
  const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
  const at = Math.max(0, Math.min(5, Math.floor(Math.log10(bytes) / 3)));
  return `${kit.number(+(bytes / 1e3 ** at).toPrecision(3))}\u00a0${units[at]}`;
}

export function ways({ height, width, channels, groups }) {
  const numbers = `${height} · ${width} · ${Math.floor(channels / 2)}`;
  const parts = groups > 1 ? ` / ${groups}` : "";
  return { matrix: `2 · (${numbers})²${parts}`, kernel: `2 · ${numbers}` };
}

export function costSentence(settings) {
  const { matrix, kernel } = costs(settings);
  const said = ways(settings);
  const fewer = kit.number(Math.round(matrix / kernel));
  return [`(θ φᵀ) g: ${said.matrix} = ${kit.short(matrix)} multiply-adds. `,
    `θ (φᵀ g): ${said.kernel} = ${kit.short(kernel)}. `,
    ...matrix > kernel ? [{ b: `${fewer} times fewer` },
      ", and not one number different."]
      : ["The same: each group holds a single number."]];
}

export function scaleSentence(settings) {
  const { n, hidden, both } = sizes(settings);
  const { bytes } = costs(settings);
  const area = (both / 1000) ** 2;
  const pitches = area / PITCH;
  const many = pitches < 10 ? pitches.toFixed(1)
    : kit.number(Math.round(pitches));
  const like = pitches < 0.5 ? "" : ` As large as ${many} football pitches.`;
  const grouped = settings.groups > 1 ? "Its blocks alone fill "
    : "In float32 it fills ";
  return ["If an entry were a square millimetre: places × places ",
    `${length(n)} wide, channels × channels ${length(hidden)}, all × all `,
    { b: length(both) }, ` wide.${like} ${grouped}`, { b: memory(bytes) },
    `, for one picture; φ·g fills ${memory(4 * settings.groups)}.`];
}

const named = ({ place, channel }) =>
  `place ${place + 1} of channel ${channel + 1}`;

export function pairSentence(settings) {
  const { asks, answers } = pair(settings);
  const { theta, phi, gate, out } = factorised(settings);
  const [t, p, sum] = [theta[asks.i], phi[answers.i], gate[asks.group]];
  const entry = asks.group === answers.group
    ? `θ·φ = ${signed(t)} · ${signed(p)} = ${kit.number(t * p + 0)}.`
    : "they are in different groups, so there is no entry.";
  const which = settings.groups > 1 ? ` in group ${asks.group + 1}` : "";
  return [`Row ${named(asks)}, column ${named(answers)}: ${entry} `,
    `The whole row, times g, is θ · (φ·g) = ${signed(t)} · ${signed(sum)} = `,
    { b: kit.number(out[asks.i]) }, `. φ·g = ${kit.number(sum)} is the same `,
    `for every row${which}.`];
}

export function costTable(settings) {
  const all = costs(settings);
  const share = (100 * all.kernel) / all.block;
  const part = share < 0.1 ? "under 0.1" : share.toFixed(1);
  return kit.table({
    head: ["what", "matrix", "φ·g first"],
    rows: [
      ["numbers in between", kit.short(all.entries),
        kit.number(settings.groups)],
      ["memory, one picture", memory(all.bytes), memory(all.kept)],
      ["multiply-adds, kernel", kit.short(all.matrix),
        kit.short(all.kernel)],
      ["multiply-adds, block",
        kit.short(all.block - all.kernel + all.matrix),
        kit.short(all.block)],
      ["parameters, block", kit.short(all.params), kit.short(all.params)],
    ],
    caption: `The block with its four projections; φ·g first, its kernel is ${part} % of the work`,
  });
}
