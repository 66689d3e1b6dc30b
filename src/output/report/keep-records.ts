import type { Event } from '../../event/event.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { KeptRecord, KeptRecords } from './excerpt.ts';

/** Records held before what is far from any event is let go: a ring of 16 MiB holds fewer. */
const MANY = 200_000;
/** The newest stay: an event is known only once its report has ended. */
const NEWEST = 50_000;
/** How near to an event a record must be. */
const NEAR = 100;

/** Gathers a log's records while they pass, in bounded memory: of a log of gigabytes what surrounds its events. */
export class RecordKeeper {
  #records: KeptRecord[] = [];
  #total = 0;
  readonly #events: Event[] = [];
  #limit: number;

  constructor(readonly many: number = MANY) {
    this.#limit = many;
  }

  see(records: readonly PrintkRecord[]): void {
    for (const record of records) this.#records.push({ index: this.#total++, record });
    if (this.#records.length > this.#limit) this.#forget();
  }

  /** Tells of an event whose records have passed. */
  found(event: Event): void {
    this.#events.push(event);
  }

  get kept(): KeptRecords {
    return { records: this.#records, total: this.#total };
  }

  #forget(): void {
    const newest = this.#records.length - Math.min(NEWEST, Math.floor(this.many / 4));
    const at = new Map(this.#records.map(({ record }, i) => [record.seq, i] as const));
    const near = new Uint8Array(this.#records.length);
    for (const { records } of this.#events) {
      const first = at.get(records.first);
      const last = at.get(records.last) ?? first;
      if (first === undefined || last === undefined) continue;
      near.fill(1, Math.max(0, first - NEAR), Math.min(last, first + 4 * NEAR) + NEAR);
      near.fill(1, Math.max(0, last - NEAR), last + NEAR);
    }
    this.#records = this.#records.filter((_, i) => i >= newest || near[i] === 1);
    // a log full of events keeps much: look again only when it has grown by a half
    this.#limit = Math.max(this.many, Math.ceil(this.#records.length * 1.5));
  }
}
