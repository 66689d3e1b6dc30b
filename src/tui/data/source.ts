import type { Event, Incident } from '../../event/event.ts';
import type { FeedMessage } from '../../read/feed.ts';
import type { InputInfo } from '../../read/info.ts';
import type { GrowingReport } from '../../report/report.ts';
import { RecordStore } from './records.ts';

/** Everything known of one input so far. Grows while it is read; {@link version} rises with each change, so that what was derived is known to be stale. */
export class Source {
  readonly records = new RecordStore();
  readonly events: Event[] = [];
  incidents: readonly Incident[] = [];
  /** The first of the one order in which incidents are shown. */
  worst: Incident | undefined;
  unexplained: ReadonlySet<string> = new Set();
  info: InputInfo | undefined;
  status: 'reading' | 'read' | 'failed' = 'reading';
  failure: string | undefined;
  losses: readonly string[] = [];
  /** What the memory of a dump says beyond its log. */
  machine: Extract<FeedMessage, { kind: 'machine' }>['machine'] | undefined;
  /** The report of a growing log that is still being printed. */
  growing: GrowingReport | undefined;
  version = 0;
  readonly #index = new Map<string, number>();
  #incidentOf = new Map<string, Incident>();

  constructor(
    /** As the user named it. */
    readonly name: string,
    /** More may come at any time. */
    readonly following = false,
  ) {}

  take(message: FeedMessage): void {
    this.version++;
    switch (message.kind) {
      case 'records':
        this.records.push(message.records);
        return;
      case 'event':
        this.#event(message.event, message.members);
        return;
      case 'correlated':
        this.info = message.info;
        this.incidents = message.incidents;
        this.worst = message.incidents[0];
        this.unexplained = new Set(message.unexplained);
        this.#incidentOf = new Map(message.incidents.flatMap((incident) => incident.events.map((id) => [id, incident] as const)));
        return;
      case 'machine':
        this.machine = message.machine;
        return;
      case 'growing':
        this.growing = message.report;
        return;
      case 'end':
        this.growing = undefined;
        this.status = 'read';
        this.losses = message.losses;
        return;
      case 'failed':
        this.status = 'failed';
        this.failure = message.reason;
    }
  }

  #event(event: Event, members: readonly number[]): void {
    const index = this.events.push(event) - 1;
    this.#index.set(event.id, index);
    for (const seq of members) this.records.own(seq, index);
  }

  event(id: string): Event | undefined {
    return this.events[this.indexOf(id)];
  }

  /** Position of an event in log order, or -1. */
  indexOf(id: string): number {
    return this.#index.get(id) ?? -1;
  }

  incidentOf(id: string): Incident | undefined {
    return this.#incidentOf.get(id);
  }

  /** The event that a row of the log belongs to. */
  eventAt(row: number): Event | undefined {
    return this.events[this.records.owner(row)];
  }

  /** First and last row of an event's records; undefined where its records are not in the log. */
  rowsOf({ records }: Event): readonly [first: number, last: number] | undefined {
    const first = this.records.rowOf(records.first);
    if (first < 0) return undefined;
    let last = Math.max(first, this.records.rowOf(records.last));
    while (this.records.seq(last + 1) === records.last) last++;
    return [first, last];
  }
}
