import type { PrintkRecord } from '../../record/record.ts';

/** Records held back while one before them is missing: UDP reorders neighbours, it does not shuffle a log. */
const WINDOW = 32;

/** Puts records back into the order of their sequence numbers, as far as a small window reaches. */
export class Reorder {
  private expected: number | undefined;
  private waiting: PrintkRecord[] = [];

  push(record: PrintkRecord, out: PrintkRecord[]): void {
    const { expected } = this;
    if (expected === undefined || record.seq === expected) {
      this.give(record, out);
      this.drain(out);
    } else if (record.seq < expected) {
      // late beyond the window, or a new boot that counts from 0 again: the file's order is all there is
      if (expected - record.seq > WINDOW) this.flush(out);
      if (expected - record.seq > WINDOW || record.seq === 0) this.give(record, out);
      else out.push(record);
    } else {
      let at = this.waiting.length;
      while (at > 0 && (this.waiting[at - 1]?.seq ?? 0) > record.seq) at--;
      this.waiting.splice(at, 0, record);
      if (this.waiting.length > WINDOW) {
        const first = this.waiting.shift();
        if (first !== undefined) this.give(first, out);
        this.drain(out);
      }
    }
  }

  flush(out: PrintkRecord[]): void {
    for (const record of this.waiting) this.give(record, out);
    this.waiting = [];
  }

  private give(record: PrintkRecord, out: PrintkRecord[]): void {
    out.push(record);
    this.expected = record.seq + 1;
  }

  private drain(out: PrintkRecord[]): void {
    let taken = 0;
    for (const record of this.waiting) {
      if (record.seq > (this.expected ?? 0)) break;
      this.give(record, out);
      taken++;
    }
    if (taken > 0) this.waiting.splice(0, taken);
  }
}
