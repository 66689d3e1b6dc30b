import type { Event } from '../../event/event.ts';

/** Reports of one log that are held at its beginning, and at its end: an event takes some 25 kB, and with its incidents as much again. */
const EACH_END = 5_000;

/**
 * The reports of one log that its incidents are made of: all of them, unless a log has tens of thousands. Then the first and the last are
 * held, and between them those that were the end of a boot; the others are counted.
 */
export class HeldEvents {
  readonly #first: Event[] = [];
  readonly #ends: Event[] = [];
  #last: Event[] = [];
  #left = 0;

  /** @param most of each of the three @param forget told of those that are not held */
  constructor(
    readonly forget: (event: Event) => void = () => undefined,
    readonly most = EACH_END,
  ) {}

  push(event: Event): void {
    if (this.#first.length < this.most) {
      this.#first.push(event);
      return;
    }
    this.#last.push(event);
    if (this.#last.length < 2 * this.most) return;
    this.#drop(this.#last.length - this.most);
  }

  #drop(count: number): void {
    for (const event of this.#last.slice(0, count)) {
      if (event.severity === 'fatal' && this.#ends.length < this.most) this.#ends.push(event);
      else {
        this.#left++;
        this.forget(event);
      }
    }
    this.#last = this.#last.slice(count);
  }

  /** Those that are held, in their order: three times as many as one end has, before one is left out. */
  all(): readonly Event[] {
    if (this.#left > 0 && this.#last.length > this.most) this.#drop(this.#last.length - this.most);
    return [...this.#first, ...this.#ends, ...this.#last];
  }

  /** What to say of those that are not. */
  get loss(): string | undefined {
    if (this.#left === 0) return undefined;
    const held = this.#first.length + this.#ends.length + this.#last.length;
    return `${this.#left} of ${this.#left + held} reports are in no incident: the first and the last ${this.most} are held; lastkmsg events lists all`;
  }
}
