import { BootWatch } from '../../event/boot/reboot.ts';
import type { BuildContext } from '../../event/builder.ts';
import { BUILDERS } from '../../event/builders.ts';
import type { Event, RawRecord } from '../../event/event.ts';
import type { Draft } from '../../event/facts/draft.ts';
import { Folder } from '../../event/fold/folder.ts';
import { MountWatch } from '../../event/fold/mount-watch.ts';
import { mountOf } from '../../event/hardware/filesystem/mount.ts';
import { suppressedOf } from '../../event/hardware/suppressed.ts';
import { isUnclaimed } from '../../event/trace/trace.ts';
import { decodeText } from '../../record/decode-text.ts';
import type { LogNotes } from '../../record/log-notes.ts';
import type { PrintkRecord } from '../../record/record.ts';
import { Assembler } from '../../report/assemble/assembler.ts';
import type { LogLine } from '../../report/line.ts';
import type { GrowingReport, Report } from '../../report/report.ts';
import { sign } from '../../signature/signature.ts';

export interface PipelineOptions {
  /** The FILE as given: `source` of its events. */
  readonly source: string;
  /** Kernel release that a dump states; text logs state theirs in the banner or the report. */
  readonly release?: string | undefined;
  /** Adds the report's records to each event (`--raw`). */
  readonly raw?: boolean | undefined;
  /** Gathers what records tell that are no reports. */
  readonly notes?: LogNotes | undefined;
}

/** Records in, events out, in log order; memory is bounded by what reports are open. */
export class EventPipeline {
  readonly #assembler = new Assembler();
  readonly #folder = new Folder();
  readonly #boots = new BootWatch();
  readonly #mounts = new MountWatch();
  #count = 0;
  #unclaimed = 0;
  #release: string | undefined;
  /** The record that says so: the banner's. */
  #releaseBy: number[] = [];
  #previous: { draft: Draft; boot: number } | undefined;

  constructor(readonly options: PipelineOptions) {
    this.#release = options.release;
  }

  /** Stacks so far that belong to no event (contract.md "What was understood of an input"). */
  get unclaimed(): number {
    return this.#unclaimed;
  }

  /** Takes a batch. @returns the events that are now complete. */
  push(records: readonly PrintkRecord[]): Event[] {
    const events: Event[] = [];
    for (const record of records) {
      // a line of prose or of another program is no evidence, whatever words it holds
      if (record.foreign) continue;
      const reports = this.#assembler.push(record);
      // nearly every record: an iterator over nothing for each was a twentieth of what is allocated
      if (reports.length > 0) for (const report of reports) this.#build(report, events);
      this.#boots.see(record);
      this.options.notes?.see(record, this.#assembler.boot);
    }
    return this.#number(events);
  }

  /** A growing log has paused. @returns the events that have nothing more to wait for. */
  pause(): Event[] {
    const events: Event[] = [];
    for (const report of this.#assembler.pause()) this.#build(report, events);
    for (const event of this.#folder.pause()) events.push(event);
    return this.#number(events);
  }

  /** The report that is still being printed, where one is. */
  get growing(): GrowingReport | undefined {
    return this.#assembler.growing;
  }

  /** The log ended, or a growing one has gone quiet. @returns the events that were still open. */
  end(why: 'end-of-log' | 'silence' = 'end-of-log'): Event[] {
    const events: Event[] = [];
    for (const report of this.#assembler.end(why)) this.#build(report, events);
    for (const event of this.#folder.end()) events.push(event);
    return this.#number(events);
  }

  /** Ids go by order of what is given out: folded repeats have none. */
  #number(events: Event[]): Event[] {
    for (const event of events) event.id = `E${++this.#count}`;
    return events;
  }

  #build(report: Report, events: Event[]): void {
    if (report.form.name === 'banner') this.#banner(report.lines[0]);
    if (report.form.name === 'mount') {
      this.#mount(report, events);
      return;
    }
    if (report.form.name === 'suppressed') {
      const suppressed = suppressedOf(report);
      if (suppressed !== undefined) this.#folder.suppressed(suppressed, report.boot);
      return;
    }
    const context: BuildContext = {
      previous: this.#previous?.boot === report.boot ? this.#previous.draft : undefined,
      release: this.#release,
    };
    const draft = report.family.name === 'boot' ? this.#boots.boots(report) : BUILDERS.get(report.family.name)?.(report, context);
    if (draft === undefined) {
      if (isUnclaimed(report)) this.#unclaimed++;
      return;
    }
    this.#boots.happened(draft);
    if (draft.kind !== 'reboot') this.#previous = { draft, boot: report.boot };
    // one that waits for repeats may hold back any number
    for (const event of this.#folder.take(this.#finish(report, draft), draft.naming.fold)) events.push(event);
  }

  #banner(line: LogLine | undefined): void {
    const said = /^Linux version (\S+)/.exec(line?.text ?? '')?.[1];
    this.#release = said ?? this.options.release;
    this.#releaseBy = said === undefined || line === undefined ? [] : [line.record.seq];
  }

  /** No event, but the end of the one that a file system's repeats are folded to. */
  #mount(report: Report, events: Event[]): void {
    const mount = mountOf(report);
    if (mount === undefined || !this.#mounts.turns(mount, report.boot)) return;
    for (const event of this.#folder.mounted(mount.device, report.boot)) events.push(event);
    const seq = report.lines[0]?.record.seq;
    if (seq !== undefined) this.options.notes?.mounted(mount.device, seq);
  }

  #finish(report: Report, draft: Draft): Event {
    const { naming: _naming, recordsOf: recordsOfFrame, sources, ...fields } = draft;
    const records = recordsOf(report);
    const { signed, frame } = sign(draft);
    const event: Event = {
      schemaVersion: 1,
      source: this.options.source,
      id: '',
      boot: report.boot,
      ...fields,
      ...signed,
      records: spanOf(records),
      sources,
    };
    const culprit = frame === undefined ? [] : recordsOfFrame(frame);
    if (culprit.length > 0) sources.culprit = culprit;
    const wall = event.wall ?? statedWall(records);
    if (wall !== undefined) event.wall = wall;
    if (event.kernel === undefined && this.#release !== undefined) {
      event.kernel = { release: this.#release };
      if (this.#releaseBy.length > 0) sources['kernel.release'] = this.#releaseBy;
    }
    if (this.options.raw) event.raw = records.map(rawOf);
    return event;
  }
}

/** The records of its lines, which stand in the order of the log: those of one record follow each other. */
function recordsOf(report: Report): PrintkRecord[] {
  const records: PrintkRecord[] = [];
  let last: PrintkRecord | undefined;
  for (const { record } of report.lines) {
    if (record !== last) records.push(record);
    last = record;
  }
  return records;
}

/** The time of the day that the first of its records states which states one. */
function statedWall(records: readonly PrintkRecord[]): Event['wall'] {
  const wall = records.find((record) => record.wall !== undefined)?.wall;
  if (wall === undefined || !(Math.abs(wall.usec) <= 8.64e18)) return undefined; // a damaged line may state what is no date
  const { usec, source, uncertaintySeconds, inferred } = wall;
  return { time: new Date(usec / 1000).toISOString(), source, uncertaintySeconds, ...(inferred && { inferred: [...inferred] }) };
}

function spanOf(records: readonly PrintkRecord[]): Event['records'] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { seq } of records) {
    if (seq < first) first = seq;
    if (seq > last) last = seq;
  }
  return { first, last, count: records.length };
}

function rawOf(record: PrintkRecord): RawRecord {
  const raw: RawRecord = { seq: record.seq, text: decodeText(record.text) };
  if (record.usec !== undefined) raw.time = record.usec / 1e6;
  if (record.level !== undefined) raw.level = record.level;
  if (record.callerId !== undefined) raw.callerId = record.callerId;
  return raw;
}
