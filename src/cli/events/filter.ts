import type { Event, Kind, Severity } from '../../event/event.ts';
import { FAMILIES, familyOf, isCrashKind, isKind, KINDS, SEVERITIES } from '../../event/kinds.ts';
import type { TimeBound } from '../commands/time-bound.ts';
import { UsageError } from '../exit.ts';

export interface EventFilter {
  readonly kinds?: ReadonlySet<string> | undefined;
  readonly severities?: ReadonlySet<Severity> | undefined;
  readonly since?: TimeBound | undefined;
  readonly until?: TimeBound | undefined;
}

/** Whether the filter lets an event through; one without a time does not pass a bound of time. */
export function passes(event: Event, { kinds, severities, since, until }: EventFilter): boolean {
  if (kinds && !kinds.has(event.kind)) return false;
  if (severities && !severities.has(event.severity)) return false;
  return (!since || compare(event, since) >= 0) && (!until || compare(event, until) < 0);
}

/** Microseconds from the bound to the event; NaN, which passes no comparison, where the event has no such time. */
function compare({ uptime, wall }: Event, bound: TimeBound): number {
  if ('uptime' in bound) return uptime === undefined ? Number.NaN : uptime * 1e6 - bound.uptime;
  return wall === undefined ? Number.NaN : Date.parse(wall.time) * 1000 - bound.wall;
}

/** The words for kinds in the fleet's table; what is `other` there is named by its kind. */
const NAMED_FAMILIES = FAMILIES.filter((family) => family !== 'other');

/** What a name stands for: a kind, a family of them, or `crash` for all crash kinds. */
function kindsOf(name: string): readonly Kind[] {
  if (name === 'crash') return KINDS.filter(isCrashKind);
  if (isKind(name)) return [name];
  const family = NAMED_FAMILIES.find((known) => known === name);
  return family === undefined ? [] : KINDS.filter((kind) => familyOf(kind) === family);
}

/** Kinds of a comma list of kinds, families and `crash`. @throws UsageError naming the one that is none */
export function parseKinds(list: string | undefined, option: string): ReadonlySet<string> | undefined {
  if (list === undefined) return undefined;
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const wrong = names.find((name) => kindsOf(name).length === 0);
  if (wrong !== undefined || names.length === 0)
    throw new UsageError(
      `--${option} takes kinds of events, families of them, or crash for all that are crashes; not ${wrong ?? 'nothing'}. ` +
        `Families: ${NAMED_FAMILIES.join(' ')}. Kinds: ${KINDS.join(' ')}`,
    );
  return new Set(names.flatMap(kindsOf));
}

/** Severities of a comma list; `error+` is error and worse, as dmesg's `--level`. @throws UsageError naming the one that is none */
export function parseSeverities(list: string | undefined): ReadonlySet<Severity> | undefined {
  if (list === undefined) return undefined;
  const chosen = list.split(',').flatMap((name) => {
    const at = (SEVERITIES as readonly string[]).indexOf(name.trim().replace(/\+$/, ''));
    if (at < 0)
      throw new UsageError(`--severity takes ${SEVERITIES.join(', ')}, with + for that and worse; not ${name.trim() || 'nothing'}`);
    return name.trim().endsWith('+') ? SEVERITIES.slice(0, at + 1) : [SEVERITIES[at]!];
  });
  return new Set(chosen);
}
