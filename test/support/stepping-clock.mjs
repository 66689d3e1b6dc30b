// --import: a machine whose clock steps back and forth, by more than a year, a dozen times a second.
const Right = Date;
const DAY_MS = 86_400_000;
const STEPS = [0, 400 * DAY_MS, -400 * DAY_MS, 3_600_000, -3_600_000];
const now = () => Right.now() + STEPS[Math.floor(performance.now() / 80) % STEPS.length];

globalThis.Date = class extends Right {
  static now = now;
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }
};
