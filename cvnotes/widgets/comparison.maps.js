// Where a trained net looks: a softmax over bytes, and what falls on a mark.

const LOOKING = ["non-local", "cross-layer"];
const MARK = 4;  // pixels a side; a place of the maps is two pixels wide

// The bytes as numbers: asks and answers have a sign, a gate has none.
export function unpackLooks(bytes, { sizes }) {
  const [epochs, pictures, places, parts] = sizes;
  const whole = epochs * pictures * places * parts;
  const signed = bytes.map((b) => (b > 127 ? b - 256 : b));
  const looks = {};
  LOOKING.forEach((name, n) => {
    const from = 2 * n * whole;
    looks[name] = { asks: signed.slice(from, from + whole),
      answers: signed.slice(from + whole, from + 2 * whole) };
  });
  const gates = bytes.slice(4 * whole).map((b) => b / 255);
  return { looks, gates };
}

// The weights of one place that asks: over all places they sum to 1.
export function looked(unpacked, plan, net, epoch, picture, place) {
  const [, pictures, places, parts] = plan.sizes;
  const { asks, answers } = unpacked.looks[net];
  const first = (epoch * pictures + picture) * places * parts;
  const scales = plan.scales[net][epoch][picture];
  const scores = Array.from({ length: places }, (_, j) =>
    scales.reduce((sum, scale, r) => sum + scale *
      asks[first + place * parts + r] * answers[first + j * parts + r], 0));
  const most = Math.max(...scores);
  const parts_ = scores.map((score) => Math.exp(score - most));
  const total = parts_.reduce((a, b) => a + b, 0);
  return parts_.map((v) => v / total);
}

// CBAM's gate, 0 to 1 for each place, whoever asks.
export function gated(unpacked, plan, epoch, picture) {
  const [, pictures, places] = plan.sizes;
  const first = (epoch * pictures + picture) * places;
  return unpacked.gates.slice(first, first + places);
}

// The rows and columns of the maps that a mark touches, both ends among them.
export function touched(plan, picture, mark) {
  const ends = (v) => [v >> 1, (v + MARK - 1) >> 1];
  const [top, bottom] = ends(plan.rows[picture]);
  const [left, right] = ends(plan.corners[picture][mark]);
  return { top, bottom, left, right };
}

const within = ({ top, bottom, left, right }, x, y) =>
  y >= top && y <= bottom && x >= left && x <= right;

// On which mark this place is: 0 the left, 1 the right, −1 neither.
export const markAt = (plan, picture, x, y) =>
  [0, 1].findIndex((mark) => within(touched(plan, picture, mark), x, y));

// How much of these weights falls on a mark, and on how many places.
export function fallsOn(weights, box) {
  const side = Math.sqrt(weights.length);
  const on = weights.filter((_, i) =>
    within(box, i % side, Math.floor(i / side)));
  return { share: on.reduce((a, b) => a + b, 0), places: on.length,
    even: on.length / weights.length, most: Math.max(...on) };
}

// All that the page shows for these settings.
export function seen(unpacked, plan, { net, picture, epoch, x, y }) {
  const p = picture - 1;
  const side = Math.sqrt(plan.sizes[2]);
  const on = markAt(plan, p, x, y);
  const same = plan.told[net][epoch][p];
  const now = { net, epoch, on, x, y, same, truth: plan.labels[p],
    apart: plan.apart[p], right: plan.labels[p] ? same : 1 - same };
  if (LOOKING.includes(net)) {
    now.map = looked(unpacked, plan, net, epoch, p, y * side + x);
    now.falls = [0, 1].map((mark) =>
      fallsOn(now.map, touched(plan, p, mark)));
  } else if (net === "cbam") {
    now.map = gated(unpacked, plan, epoch, p);
    now.here = now.map[y * side + x];
  } else now.number = plan.numbers[epoch][p];
  return now;
}

// For the curves: the chance of the right answer, and what is looked at.
export function course(unpacked, plan, settings) {
  return plan.told[settings.net].map((_, epoch) => {
    const { right, falls, on, here } =
      seen(unpacked, plan, { ...settings, epoch });
    const look = falls ? (on < 0 ? falls[0].share + falls[1].share
      : falls[1 - on].share) : here;
    return { right, look };
  });
}

// The same for tests: from the bytes as they come.
export const lookedFrom = (bytes, plan, net, epoch, picture) => {
  const unpacked = unpackLooks(bytes, plan);
  return Array.from({ length: plan.sizes[2] }, (_, place) =>
    looked(unpacked, plan, net, epoch, picture, place));
};
export const seenFrom = (bytes, plan, settings) =>
  seen(unpackLooks(bytes, plan), plan, settings);
