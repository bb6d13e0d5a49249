// The Jacobian of each operation, out of the bytes that it was packed in.

const NEVER = -128;  // this input is never read
const A_TENTH = 24;  // steps of a byte for each power of ten

// PackBits: n < 128, then n + 1 bytes; or n > 128, 257 − n times the next.
export function unpackBits(packed) {
  const out = [];
  for (let i = 0; i < packed.length;) {
    const n = packed[i];
    if (n < 128) {
      for (let j = 1; j <= n + 1; j += 1) out.push(packed[i + j]);
      i += n + 2;
    } else {
      for (let j = n; j < 257; j += 1) out.push(packed[i + 1]);
      i += 2;
    }
  }
  return out.map((byte) => (byte > 127 ? byte - 256 : byte));
}

const countOf = (shapes) =>
  shapes.reduce((sum, [c, h, w]) => sum + c * h * w, 0);

// Each operation's own part of all bytes, unpacked when it is first shown.
export function opener(bytes, plan) {
  const done = {};
  let start = 0;
  const starts = plan.map((one) => (start += one.bytes) - one.bytes);
  return (name) => {
    const i = plan.findIndex((one) => one.name === name);
    return done[name] ??= { ...plan[i], values:
      unpackBits(bytes.slice(starts[i], starts[i] + plan[i].bytes)) };
  };
}

// What is pointed at, held to the maps that this operation makes; from 0.
export function pointedAt({ makes }, { channel, row, column }) {
  return [channel, row, column].map((v, i) => Math.min(v, makes[i]) - 1);
}

// The slopes of one output: NaN for an input that it can never depend on.
export function slopesAt(one, settings) {
  const [c, y, x] = pointedAt(one, settings);
  const inputs = countOf(one.reads);
  const [, h, w] = one.makes;
  const which = Math.min(settings.maps, one.inputs) - 1;
  const from = (which * countOf([one.makes]) + (c * h + y) * w + x) * inputs;
  return one.values.slice(from, from + inputs).map((v) =>
    v === NEVER ? NaN : v === 0 ? 0
      : Math.sign(v) * one.most * 10 ** ((Math.abs(v) - 127) / A_TENTH));
}

export const slopesFrom = (bytes, plan, name, settings) =>
  slopesAt(opener(bytes, plan)(name), settings);
