import type { PrintkRecord } from '../record/record.ts';

/** A console registers within the first two seconds (µs); later a banner is another boot's. */
const EARLY = 2_000_000;
/** Records of that time that are remembered. */
const MEMORY = 4096;
/** So many records in a row without an echo: only one console prints. Also how far an echo may lag behind. */
const LAG = 64;

function holdsFirst(records: readonly PrintkRecord[]): boolean {
  for (const { usec } of records) if (usec === 0) return true;
  return false;
}

const same = (a: PrintkRecord, b: PrintkRecord): boolean => a.usec === b.usec && a.text === b.text;

/**
 * Takes out what a second console prints again. Where an early console stays on (`earlyprintk=…,keep`), the real one on the same line
 * first repeats the log from the banner on, and then each record comes twice: without this every report would.
 */
export class EchoFilter {
  /** The beginning of this boot, to know its repetition by. */
  private early: PrintkRecord[] = [];
  /** Where the repetition stands in `early`. */
  private replayed = -1;
  /** Records whose echo is awaited, while two consoles print. */
  private awaited: PrintkRecord[] | undefined;
  private alone = 0;
  private listening = false;

  filter(records: PrintkRecord[]): PrintkRecord[] {
    // from two seconds on, with one console, nothing is looked at but the time
    if (!this.isListening && !holdsFirst(records)) return records;
    return records.filter((record) => record.usec === undefined || this.isNews(record, record.usec));
  }

  private get isListening(): boolean {
    return this.listening || this.replayed >= 0 || this.awaited !== undefined;
  }

  private isNews(record: PrintkRecord, usec: number): boolean {
    if (usec === 0 && record.text.startsWith('Linux version ')) {
      const first = this.early[0];
      if (first !== undefined && same(first, record) && (first.level === undefined) === (record.level === undefined)) {
        this.replayed = 1;
        return false;
      }
      this.early = [record];
      this.replayed = -1;
      this.awaited = undefined;
      this.listening = true;
      return true;
    }
    if (this.replayed >= 0 && this.isReplayed(record)) return false;
    if (this.awaited !== undefined) return this.isFirst(record, this.awaited);
    if (!this.listening) return true;
    if (usec > EARLY || this.early.length >= MEMORY) {
      this.listening = false;
      this.early = [];
    } else this.early.push(record);
    return true;
  }

  /** The next of the remembered records, or one soon after it where the second console lost some. */
  private isReplayed(record: PrintkRecord): boolean {
    for (let i = this.replayed; i < Math.min(this.early.length, this.replayed + LAG); i++) {
      const before = this.early[i];
      if (before === undefined || !same(before, record)) continue;
      this.replayed = i + 1;
      return true;
    }
    this.replayed = -1;
    this.early = [];
    this.listening = false;
    this.awaited = [];
    this.alone = 0;
    return false;
  }

  private isFirst(record: PrintkRecord, awaited: PrintkRecord[]): boolean {
    const at = awaited.findIndex((before) => same(before, record));
    if (at >= 0) {
      awaited.splice(0, at + 1);
      this.alone = 0;
      return false;
    }
    awaited.push(record);
    if (awaited.length > LAG) awaited.shift();
    if (++this.alone > LAG) this.awaited = undefined;
    return true;
  }
}
