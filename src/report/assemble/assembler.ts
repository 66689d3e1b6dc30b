import { BOOT } from '../../../grammars/boot/lines.ts';
import type { Family, Head } from '../../../grammars/common/family.ts';
import type { Line } from '../../../grammars/common/line.ts';
import { FAMILIES } from '../../../grammars/families.ts';
import { BootTracker } from '../../record/boot.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { buildClassifier, type Classifier } from '../classify.ts';
import { isOneLine, type LogLine, linesOf } from '../line.ts';
import type { Ending, GrowingReport, Report } from '../report.ts';
import { KeyedReports } from './keyed.ts';
import { OpenReport, pidOf, rankOf } from './open-report.ts';

/** Built once for each list of families: a fleet is ten thousand logs, and most are small. */
const classifiers = new WeakMap<readonly Family[], Classifier>();

function classifierOf(families: readonly Family[]): Classifier {
  const classifier = classifiers.get(families) ?? buildClassifier(families);
  classifiers.set(families, classifier);
  return classifier;
}

/** Reports that can be open at once: more callers than this print only in forged logs. */
const MAX_OPEN = 16;
/** Records between two looks for reports by key that are over, less one. */
const LOOK = 63;
/** Reports that ended and wait for an older one that is still open. */
const MAX_WAITING = 256;

/**
 * Records in, reports out. Healthy lines cost one look by the classifier; while a report is open its context's lines are
 * looked at by shape. Holds only open reports: memory is bounded by MAX_OPEN × MAX_LINES, and their characters.
 */
export class Assembler {
  readonly #classifier: Classifier;
  readonly #keyed = new KeyedReports();
  #open: OpenReport[] = [];
  #done: Report[] = [];
  /** Ordinals of reports that are open, so that reports leave in the order in which they began. */
  #next = 0;
  readonly #boots = new BootTracker();
  #boot = 0;
  /** The record is a banner that is printed again. */
  #replay = false;
  /** A record whose time went back: the next one tells whether a boot began. */
  #held: PrintkRecord | undefined;
  /** Line looks so far, for the test that no input makes the work quadratic. */
  steps = 0;

  constructor(families: readonly Family[] = FAMILIES) {
    this.#classifier = classifierOf(families);
  }

  /** Which boot of the log the last record belongs to, from 0. */
  get boot(): number {
    return this.#boot;
  }

  /** Takes one record. @returns reports that ended, in the order in which they began. */
  push(record: PrintkRecord): readonly Report[] {
    const held = this.#held;
    if (held === undefined && this.#boots.passes(record)) {
      this.#replay = false;
      return this.#lines(record);
    }
    this.#held = undefined;
    const before = held === undefined ? NONE : this.#take(held, record);
    if (!this.#boots.doubts(record)) return [...before, ...this.#take(record, undefined)];
    this.#held = record;
    return before;
  }

  #take(record: PrintkRecord, following: PrintkRecord | undefined): readonly Report[] {
    const { boot, reason, replay } = this.#boots.next(record, following);
    // what was open ends with its boot
    if (reason !== undefined) this.#closeAll('new-boot');
    this.#boot = boot;
    this.#replay = replay === true;
    return [...this.#drain(), ...this.#lines(record)];
  }

  #lines(record: PrintkRecord): readonly Report[] {
    // now and then: one that nobody adds to would hold back what was reported after it
    if (!this.#keyed.isEmpty && (record.seq & LOOK) === 0) {
      this.#done.push(...this.#keyed.lapse(record.usec, this.steps));
      return [...this.#drain(), ...this.#understood(record)];
    }
    return this.#understood(record);
  }

  #understood(record: PrintkRecord): readonly Report[] {
    const { text } = record;
    if (this.#open.length === 0 && isOneLine(text)) {
      this.steps++;
      const head = this.#classifier.classify(text);
      if (head === undefined) return NONE;
    }
    let owner: OpenReport | undefined;
    const lines = linesOf(record);
    for (const line of lines) owner = this.#line(line, owner) ?? owner;
    if (owner !== undefined && lines.length > 1) for (const report of this.#open) report.forget(record);
    return this.#drain();
  }

  /** The log ended, or a growing one has gone quiet: what is open ends. */
  end(why: 'end-of-log' | 'silence' = 'end-of-log'): readonly Report[] {
    const held = this.#held;
    this.#held = undefined;
    const before = held === undefined ? NONE : this.#take(held, undefined);
    this.#closeAll(why);
    return [...before, ...this.#drain()];
  }

  /** A log that grows has paused: reports that have said all they have to say end. Others may only be slow. */
  pause(): readonly Report[] {
    for (const report of [...this.#open]) if (report.saidAll) this.#close(report, 'closed');
    return this.#drain();
  }

  /** The newest report that is still being printed. */
  get growing(): GrowingReport | undefined {
    const report = this.#open.findLast(({ form }) => !form.tentative);
    return report && { head: report.head, first: report.lines[0]?.record.seq ?? 0, lines: report.lines.length };
  }

  /** @returns the report that took the line. */
  #line(line: LogLine, owner: OpenReport | undefined): OpenReport | undefined {
    this.steps++;
    const table = owner === undefined ? this.#tableOf(line) : undefined;
    if (table !== undefined) return table;
    line.known = this.#open.at(-1)?.known(line.text);
    const head = line.known === undefined ? this.#classifier.classify(line.text) : undefined;
    line.opens = head !== undefined;
    // A record belongs to one report: a head inside a record that a report already took (a forged one) is that report's line.
    if (owner !== undefined)
      return this.#open.includes(owner) ? this.#give(owner, line, owner.rowOf(line.text)) : this.#keyed.give(owner, line);
    if (head?.form.key !== undefined) return this.#keys(head, line);
    if (head !== undefined) return head.family === BOOT ? this.#banners(head, line) : this.#opens(head, line);
    return this.#open.length === 0 ? undefined : this.#follows(line);
  }

  /** A line that names its source itself: it stays apart from the open reports. */
  #keys(head: Head, line: LogLine): OpenReport | undefined {
    this.#done.push(...this.#keyed.expire(line.record.usec, this.steps));
    const taken = this.#keyed.take(head, line, this.steps, () => new OpenReport(head, line, this.#boot, this.#next++, undefined));
    if (taken === undefined) return this.#open.length === 0 ? undefined : this.#follows(line);
    this.#done.push(...taken.closed);
    return taken.report;
  }

  #opens(head: Head, line: LogLine): OpenReport | undefined {
    const current = this.#current(line);
    if (head.form.unclaimed) {
      const taken = this.#taken(line);
      if (taken !== undefined) return taken;
      // an open report that is not done yet does not know the line: it stands between two of its lines
      const busy = current !== undefined && current.phase !== 'tail' && current.goesOn !== false;
      if (busy && current.joins(head, line) !== true) return this.#follows(line);
    }
    // The rule that ends KASAN's report looks like the one that begins the next.
    if (head.form.tentative && current?.closes(line.text)) return this.#give(current, line, current.rowOf(line.text));
    const joined =
      this.#open.findLast((report) => report.joins(head, line) === true) ??
      (current?.joins(head, line) === undefined && current?.absorbs(head, line.text) && !current.isOver(line) ? current : undefined);
    if (joined !== undefined) {
      joined.absorb(head, line);
      if (joined.isTooLong) this.#close(joined, 'too-long');
      else if (head.form.resumes) this.#open = [...this.#open.filter((o) => o !== joined), joined];
      return joined;
    }
    if (head.form.joinsOnly) return this.#open.length === 0 ? undefined : this.#follows(line);
    return this.#begins(head, line);
  }

  /** A report begins; those that it cuts off, or that have been silent for long, end. */
  #begins(head: Head, line: LogLine): OpenReport | undefined {
    for (const report of this.#open) if (!report.form.tentative && report.isOver(line)) this.#close(report, 'silence');
    const current = this.#current(line);
    let inside: number | undefined;
    if (current !== undefined && head.form.yields && current.busy(line)) {
      const opened = new OpenReport(head, line, this.#boot, this.#next++, current.ordinal);
      this.#done.push(opened.close('closed'));
      return undefined;
    }
    if (current !== undefined) {
      if (current.form.tentative) this.#drop(current);
      else {
        if (current.phase !== 'tail' && current.goesOn !== false) inside = current.ordinal;
        // One line of another kind (unregister_netdevice, a counter) cuts nothing off: the frames behind it are this report's.
        if (!current.unfinished && !head.form.single) this.#close(current, 'next-report');
      }
    }
    const opened = new OpenReport(head, line, this.#boot, this.#next++, inside);
    if (head.form.single) {
      this.#open.push(opened);
      this.#close(opened, 'closed');
      return opened;
    }
    this.#open.push(opened);
    if (this.#open.length > MAX_OPEN) this.#close(this.#open[0] as OpenReport, 'crowded-out');
    return opened;
  }

  /** A kernel introduces itself: what is still open is not its. A log printed again has no second banner. */
  #banners(head: Head, line: LogLine): OpenReport | undefined {
    if (this.#replay) return undefined;
    this.#closeAll('new-boot');
    const opened = new OpenReport(head, line, this.#boot, this.#next++, undefined);
    this.#open.push(opened);
    this.#close(opened, 'closed');
    return opened;
  }

  /** A line without an opener while reports are open. */
  #follows(line: LogLine): OpenReport | undefined {
    const taken = this.#taken(line);
    if (taken !== undefined) return taken;
    const current = this.#current(line);
    if (current?.takesMessage(line.text)) return this.#give(current, line, current.form.message);
    const aside = current ?? this.#open.at(-1);
    if (aside?.setAside(line, current !== undefined)) {
      if (aside.form.tentative) this.#drop(aside);
      else this.#close(aside, 'silence');
    }
    return undefined;
  }

  /** The newest open report, where the line is one of many alike that it prints: whatever the name of a task looks like. */
  #tableOf(line: LogLine): OpenReport | undefined {
    const newest = this.#open.at(-1);
    if (newest === undefined || newest.callerId !== line.record.callerId) return undefined;
    const many = newest.manyOf(line.text);
    return many === undefined ? undefined : this.#give(newest, line, many);
  }

  /** The open report that takes the line as one of its own, newest first. */
  #taken(line: LogLine): OpenReport | undefined {
    const { callerId } = line.record;
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const report = this.#open[i] as OpenReport;
      const same = report.callerId === callerId;
      if (!same && !report.form.spread) continue;
      const row = line.known !== undefined && i === this.#open.length - 1 ? line.known.row : report.rowOf(line.text);
      if (!report.wants(line.text, row, same)) continue;
      const owner = this.#toldApart(report, line, row) ?? this.#mixedUp(report, line, row);
      return this.#give(owner, line, owner === report ? row : owner.rowOf(line.text));
    }
    return undefined;
  }

  #give(report: OpenReport, line: LogLine, row: Line | undefined): OpenReport {
    if (report.add(line, row)) this.#close(report, report.isTooLong ? 'too-long' : 'closed');
    return report;
  }

  /**
   * Two CPUs print line by line without caller ids. Each report has its lines in one order: registers are not those of a report that
   * has printed nothing but its head while an older one has just come to its registers.
   */
  #toldApart(newest: OpenReport, line: LogLine, row: Line | undefined): OpenReport | undefined {
    if (this.#open.length < 2 || line.record.callerId !== undefined) return undefined;
    const rank = rankOf(row);
    if (rank === undefined) return undefined;
    if (row?.shape === 'cpu') return this.#open.find((o) => o.names(line.text));
    if (newest.isDue(rank) || rank < newest.stage) return undefined;
    return this.#open.findLast(
      (o) => o.family === newest.family && o.callerId === undefined && o.isDue(rank) && o.wants(line.text, o.rowOf(line.text), true),
    );
  }

  /** Two reports print line by line without caller ids: a second CPU line is the other's, and both are marked. */
  #mixedUp(report: OpenReport, line: LogLine, row: Line | undefined): OpenReport {
    if (row?.shape !== 'cpu' || report.pid === undefined || report.hasFrame) return report;
    const pid = pidOf(line.text);
    const other = this.#open.find((o) => o !== report && o.callerId === report.callerId && o.unfinished && o.pid === undefined);
    if (pid === undefined || pid === report.pid || other === undefined) return report;
    report.mixed = true;
    other.mixed = true;
    return other;
  }

  /** The newest open report of the line's caller. */
  #current(line: LogLine): OpenReport | undefined {
    const { callerId } = line.record;
    for (let i = this.#open.length - 1; i >= 0; i--) if (this.#open[i]?.callerId === callerId) return this.#open[i];
    return undefined;
  }

  #close(report: OpenReport, ending: Ending): void {
    this.#open = this.#open.filter((o) => o !== report);
    const closed = report.close(ending);
    this.#done.push(closed);
    const outer = report.inside === undefined ? undefined : this.#open.find(({ ordinal }) => ordinal === report.inside);
    if (outer?.unfinished) outer.cutBy ??= closed;
    // Reports leave in the order in which they began: one that stays open while so many end holds them all back.
    const oldest = this.#done.length > MAX_WAITING ? this.#open[0] : undefined;
    if (oldest !== undefined) this.#close(oldest, 'crowded-out');
  }

  #drop(report: OpenReport): void {
    this.#open = this.#open.filter((o) => o !== report);
  }

  #closeAll(ending: Ending): void {
    // innermost first: a report that it cut off learns of it
    for (const report of this.#open.toReversed()) {
      if (report.form.tentative) this.#drop(report);
      else this.#close(report, ending);
    }
    this.#done.push(...this.#keyed.closeAll(ending));
  }

  /** Reports that ended and before which none is still open. */
  #drain(): readonly Report[] {
    if (this.#done.length === 0) return NONE;
    const oldest = this.#open.reduce((min, o) => Math.min(min, o.ordinal), this.#keyed.oldest);
    const ready = this.#done.filter((r) => r.ordinal < oldest).sort((a, b) => a.ordinal - b.ordinal);
    if (ready.length > 0) this.#done = this.#done.filter((r) => r.ordinal >= oldest);
    return ready;
  }
}

const NONE: readonly Report[] = [];
