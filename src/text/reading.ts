import { decodeText } from '../record/decode-text.ts';
import type { Reading } from '../record/reading.ts';

const SAMPLES = 5;
const SAMPLE_WIDTH = 160;

/** Counts the lines of a text by what they were read as. */
export class LineCounts {
  /** Lines that a kernel printed, by their form. */
  kernel = 0;
  /** The same of lines whose form does not say whose they are, but which no other program prints so. */
  likely = 0;
  /** Lines that are neither foreign for sure nor like a kernel's. */
  unlike = 0;
  /** Lines of a console that nobody asked more of. */
  text = 0;
  private readonly forms = new Map<string, number>();
  private unread = 0;
  private readonly samples: string[] = [];
  /** What the foreign lines were, and how many. */
  readonly foreignKinds = new Map<string, number>();

  count(form: string, lines = 1): void {
    this.forms.set(form, (this.forms.get(form) ?? 0) + lines);
  }

  /** @param kind what a foreign line is, where it can be told */
  foreign(kind = 'other text', lines = 1): void {
    this.count('foreign', lines);
    this.foreignKinds.set(kind, (this.foreignKinds.get(kind) ?? 0) + lines);
  }

  /** A line that looks like a kernel's and is given as nobody's. */
  lost(line: string): void {
    this.unread++;
    if (this.samples.length < SAMPLES) this.samples.push(decodeText(line.length > SAMPLE_WIDTH ? line.slice(0, SAMPLE_WIDTH) : line));
  }

  /** What most of the foreign lines are, most first, where they are more than other lines. */
  get likeness(): string[] {
    const foreign = [...this.foreignKinds].sort((a, b) => b[1] - a[1]);
    const all = foreign.reduce((sum, [, lines]) => sum + lines, 0);
    return all * 3 >= this.unlike + this.likely + this.text ? foreign.map(([kind]) => kind) : [];
  }

  /** All lines but blank ones. */
  get lines(): number {
    return [...this.forms].reduce((sum, [form, lines]) => (form === 'blank' ? sum : sum + lines), this.text);
  }

  get reading(): Reading {
    const all = new Map(this.forms);
    all.delete('blank');
    if (this.text > 0) all.set('console', (all.get('console') ?? 0) + this.text);
    const forms = [...all].map(([form, lines]) => ({ form, lines })).sort((a, b) => b.lines - a.lines);
    return { forms, unread: this.unread, unreadSamples: this.samples };
  }
}
