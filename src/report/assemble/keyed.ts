import type { Head } from '../../../grammars/common/family.ts';
import type { LogLine } from '../line.ts';
import type { Ending, Report } from '../report.ts';
import type { OpenReport } from './open-report.ts';

/** Reports that gather by key at once: devices that fail together. */
const MAX_KEYED = 64;
/** Lines of one report: libata's longest exception, a GHES record with a hex dump. */
const MAX_LINES = 256;
/** Microseconds without a line after which such a report is over: libata waits ten seconds for a link. */
const SILENCE_USEC = 15_000_000;
/** The same in lines of the log, where they have no time. */
const SILENCE_LINES = 512;

interface Keyed {
  name: string;
  readonly report: OpenReport;
  usec: number | undefined;
  step: number;
}

/** Reports whose lines name their source, so that nothing has to be guessed from their neighbours. */
export class KeyedReports {
  #open: Keyed[] = [];

  /** Takes a line that a keyed form opens. @returns the report that has it, and those that ended; undefined where it belongs to none. */
  take(head: Head, line: LogLine, step: number, open: () => OpenReport): { report: OpenReport; closed: readonly Report[] } | undefined {
    const { form, family } = head;
    const key = form.key?.(line.text);
    const name = `${family.name}/${key}`;
    const own = this.#open.findLast((k) => (key === undefined ? k.report.family === family : k.name === name));
    const adopted = own === undefined ? this.#adopted(head) : undefined;
    const mine = own ?? adopted;
    const along = form.further || (mine !== undefined && form.along?.includes(mine.report.form.name));
    if (mine !== undefined && (along || adopted !== undefined || form.after?.includes(mine.report.form.name))) {
      if (adopted !== undefined) mine.name = name;
      if (!along) {
        mine.report.form = form;
        mine.report.headIndex = mine.report.lines.length;
      }
      line.line = head.line;
      return { report: this.#add(mine, line, step), closed: this.#over(mine) };
    }
    if (form.further) return undefined;
    const closed = mine === undefined || form.single ? [] : this.#close(mine, 'next-report');
    const report = open();
    if (form.single) return { report, closed: [...closed, report.close('closed')] };
    this.#open.push({ name, report, usec: line.record.usec, step });
    const oldest = this.#open[0] as Keyed;
    return { report, closed: this.#open.length > MAX_KEYED ? [...closed, ...this.#close(oldest, 'crowded-out')] : closed };
  }

  /** The newest report that the head explains, whatever its source. */
  #adopted({ form, family }: Head): Keyed | undefined {
    const { adopts } = form;
    return adopts && this.#open.findLast((k) => k.report.family === family && adopts.includes(k.report.form.name));
  }

  /** A further line of a record whose first line a report took; one that ended keeps the record all the same. */
  give(report: OpenReport, line: LogLine): OpenReport {
    const mine = this.#open.find((k) => k.report === report);
    return mine === undefined ? report : this.#add(mine, line, mine.step);
  }

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** The same as {@link expire} of a line that may be anybody's: a line without time says nothing of reports that have times. */
  lapse(usec: number | undefined, step: number): readonly Report[] {
    return this.#open.every((k) => (k.usec === undefined) === (usec === undefined)) ? this.expire(usec, step) : [];
  }

  /** Ends those that have been silent for long. */
  expire(usec: number | undefined, step: number): readonly Report[] {
    if (this.#open.length === 0) return [];
    const silent = (k: Keyed) =>
      usec !== undefined && k.usec !== undefined ? Math.abs(usec - k.usec) > SILENCE_USEC : step - k.step > SILENCE_LINES;
    return this.#open.filter(silent).flatMap((k) => this.#close(k, 'silence'));
  }

  closeAll(ending: Ending): readonly Report[] {
    return [...this.#open].flatMap((k) => this.#close(k, ending));
  }

  /** The ordinal of the first that is open; infinite where none is. */
  get oldest(): number {
    return this.#open.reduce((min, k) => Math.min(min, k.report.ordinal), Number.POSITIVE_INFINITY);
  }

  #add(mine: Keyed, line: LogLine, step: number): OpenReport {
    mine.report.lines.push(line);
    mine.usec = line.record.usec ?? mine.usec;
    mine.step = step;
    return mine.report;
  }

  #over(mine: Keyed): readonly Report[] {
    return mine.report.lines.length < MAX_LINES ? [] : this.#close(mine, 'closed');
  }

  #close(mine: Keyed, ending: Ending): readonly Report[] {
    this.#open = this.#open.filter((k) => k !== mine);
    return [mine.report.close(ending)];
  }
}
