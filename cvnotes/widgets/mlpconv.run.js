// A run: both models from their start on, and all that they went through.

export function begin({ task, hidden, seed, rate }) {
  const points = pixels(task);
  const past = [0, hidden].map((count) => [look(start(count, seed), points)]);
  return { points, rate, past };
}

// On to this step, or as far as the time (in ms) goes; says where it is.
export function goOn({ points, rate, past }, to, time = Infinity) {
  const end = performance.now() + time;
  while (past[0].length <= to && performance.now() <= end) {
    for (const states of past) {
      states.push(look(step(states.at(-1), rate), points));
    }
  }
  return Math.min(to, past[0].length - 1);
}

// Both models after so many steps, for whoever wants only that.
export function after(settings, steps) {
  const run = begin(settings);
  goOn(run, steps);
  return run.past.map((states) => states[steps]);
}

// Whether the last hundred steps have changed next to nothing.
export const stalls = (states, at) => at >= 150 && states[at].right < 0.98 &&
  states[at - 100].loss - states[at].loss < 0.01 * states[at].loss;
