import type { Event, Kind, Severity } from '../event/event.ts';
import { SEVERITIES } from '../event/kinds.ts';

/** Events of one signature, in one or both of two inputs. */
export interface DiffRow {
  readonly signature: string;
  readonly kind: Kind;
  readonly title: string;
  readonly severity: Severity;
  /** How often, in A and in B; a folded event counts as often as it was reported. */
  readonly countA: number;
  readonly countB: number;
  /** Its first event in the input where it is, in B where it is in both. */
  readonly first: { readonly source: string; readonly id: string };
}

/** What two inputs, or two sets of them, do not share. Each list the worst first. */
export interface Diff {
  readonly new: readonly DiffRow[];
  readonly gone: readonly DiffRow[];
  readonly both: readonly DiffRow[];
}

/** Gathers events of the two sides by their signatures; holds a row a signature, however many events there are. */
export class Differ {
  readonly #rows = new Map<string, { -readonly [K in keyof DiffRow]: DiffRow[K] }>();

  see(side: 'A' | 'B', event: Event): void {
    const key = event.signature?.hash ?? `${event.kind}/${event.title}`;
    const count = typeof event.details?.count === 'number' ? event.details.count : 1;
    const first = { source: event.source, id: event.id };
    const row = this.#rows.get(key);
    if (row === undefined) {
      const { kind, title, severity } = event;
      this.#rows.set(key, {
        signature: key,
        kind,
        title,
        severity,
        countA: side === 'A' ? count : 0,
        countB: side === 'B' ? count : 0,
        first,
      });
      return;
    }
    if (side === 'A') row.countA += count;
    else {
      if (row.countB === 0) row.first = first;
      row.countB += count;
    }
    if (SEVERITIES.indexOf(event.severity) < SEVERITIES.indexOf(row.severity)) row.severity = event.severity;
  }

  get diff(): Diff {
    const rows = [...this.#rows.values()].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    return {
      new: rows.filter(({ countA }) => countA === 0),
      gone: rows.filter(({ countB }) => countB === 0),
      both: rows.filter(({ countA, countB }) => countA > 0 && countB > 0),
    };
  }
}
