import type { Event, Kind, Severity } from '../../event/event.ts';
import { FAMILIES, familyOf, isCrashKind, isKind, KINDS, SEVERITIES } from '../../event/kinds.ts';
import type { TimeBound } from '../commands/time-bound.ts';
import { UsageError } from '../exit.ts';
import { didYouMean } from '../nearest.ts';

export interface EventFilter {
  readonly kinds?: ReadonlySet<string> | undefined;
  readonly severities?: ReadonlySet<Severity> | undefined;
  readonly since?: TimeBound | undefined;
  readonly until?: TimeBound | undefined;
}

/** What a filter makes of an event: `undated` and `near` it cannot decide, for lack of such a time or of a sure one. */
export type Judgement = 'passes' | 'fails' | 'undated' | 'near';

/** An event that cannot be decided is not hidden: whoever asks says so. */
export function judge(event: Event, { kinds, severities, since, until }: EventFilter): Judgement {
  if (kinds && !kinds.has(event.kind)) return 'fails';
  if (severities && !severities.has(event.severity)) return 'fails';
  const bounds = [since && against(event, since, 'since'), until && against(event, until, 'until')];
  return bounds.find((one) => one === 'fails') ?? bounds.find((one) => one === 'undated' || one === 'near') ?? 'passes';
}

function against({ uptime, wall }: Event, bound: TimeBound, side: 'since' | 'until'): Judgement {
  const time = 'uptime' in bound ? uptime && uptime * 1e6 : wall && Date.parse(wall.time) * 1000;
  if (time === undefined || Number.isNaN(time)) return 'undated';
  const after = time - ('uptime' in bound ? bound.uptime : bound.wall);
  const doubt = 'uptime' in bound ? 0 : (wall?.uncertaintySeconds ?? 0) * 1e6;
  const passes = side === 'since' ? after >= 0 : after < 0;
  return Math.abs(after) < doubt ? (passes ? 'passes' : 'near') : passes ? 'passes' : 'fails';
}

/** Counts what a filter could not decide of one input. */
export class Undecided {
  #undated = 0;
  #near = 0;

  /** @returns whether the event is shown */
  see(judgement: Judgement): boolean {
    if (judgement === 'undated') this.#undated++;
    if (judgement === 'near') this.#near++;
    return judgement !== 'fails';
  }

  /** A line each, for stderr. */
  get lines(): string[] {
    const events = (n: number) => `${n} event${n === 1 ? '' : 's'}`;
    return [
      ...(this.#undated > 0 ? [`${events(this.#undated)} without such a time shown: --since and --until cannot tell`] : []),
      ...(this.#near > 0
        ? [`${events(this.#near)} shown that may lie outside: their times are not sure enough for --since and --until`]
        : []),
    ];
  }
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
      `--${option} takes kinds of events, families of them, or crash for all that are crashes; ` +
        `not ${wrong ?? 'nothing'}; families: ${NAMED_FAMILIES.join(' ')}; ` +
        `kinds: ${KINDS.join(' ')}${didYouMean(wrong ?? '', [...NAMED_FAMILIES, ...KINDS, 'crash'])}`,
    );
  return new Set(names.flatMap(kindsOf));
}

/** Severities of a comma list; `error+` is error and worse, as dmesg's `--level`. @throws UsageError naming the one that is none */
export function parseSeverities(list: string | undefined): ReadonlySet<Severity> | undefined {
  if (list === undefined) return undefined;
  const chosen = list.split(',').flatMap((name) => {
    const at = (SEVERITIES as readonly string[]).indexOf(name.trim().replace(/\+$/, ''));
    if (at < 0)
      throw new UsageError(
        `--severity takes ${SEVERITIES.join(', ')}, with + for that and worse; not ${name.trim() || 'nothing'}${didYouMean(name.trim(), SEVERITIES)}`,
      );
    return name.trim().endsWith('+') ? SEVERITIES.slice(0, at + 1) : [SEVERITIES[at]!];
  });
  return new Set(chosen);
}
