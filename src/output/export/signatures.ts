import type { Event } from '../../event/event.ts';
import { identity } from './said.ts';

/** One fault of one input, however often it struck. */
export interface Fault {
  /** The first of them. */
  readonly event: Event;
  count: number;
  readonly identity: string;
  /** Of an incident, why: a sentence each. */
  readonly reasons?: readonly string[] | undefined;
}

/** Faults of an input that are told one by one: GitHub shows 5,000 results of a file. */
const MOST = 5000;

/** Events of all inputs by what tells the same fault from another. */
export class Signatures {
  readonly sources = new Map<string, Map<string, Fault>>();
  /** Faults beyond the most that are kept. */
  left = 0;
  #kept = 0;

  input(source: string): Map<string, Fault> {
    const known = this.sources.get(source) ?? new Map<string, Fault>();
    this.sources.set(source, known);
    return known;
  }

  add(event: Event, reasons?: readonly string[]): void {
    const faults = this.input(event.source);
    const name = identity(event);
    const known = faults.get(name);
    if (known !== undefined) known.count++;
    else if (this.#kept >= MOST) this.left++;
    else {
      this.#kept++;
      faults.set(name, { event, count: 1, identity: name, reasons });
    }
  }
}
