import type { Confidence, Event, IncidentEdge, Kind } from '../event/event.ts';
import { kindsOf } from '../event/kinds.ts';
import { recordsOfAll } from '../event/records-of.ts';
import type { LogNotes } from '../record/log-notes.ts';
import { ended } from './facts.ts';
import type { Finding, Rule } from './rule.ts';
import { RULES } from './rules/index.ts';

/** An edge, with the events and the rule it names. */
export interface Link {
  readonly from: Event;
  readonly to: Event;
  readonly rule: Rule;
  readonly edge: IncidentEdge;
}

/** A rule looks back at so many events of one kind, which bounds the work on a log full of reports. */
const LOOK_BACK = 16;
/** Seconds by which a CPU's report may be late in the log. */
const LATE = 1;
const RANK: Readonly<Record<Confidence, number>> = { high: 3, medium: 2, low: 1 };

/** The rules by the kind they lead to, so that an event meets only those that can fit. */
const BY_KIND: ReadonlyMap<Kind, readonly Rule[]> = (() => {
  const map = new Map<Kind, Rule[]>();
  for (const rule of RULES) for (const kind of kindsOf(rule.to)) map.set(kind, [...(map.get(kind) ?? []), rule]);
  return map;
})();
const FROM: ReadonlyMap<Rule, readonly Kind[]> = new Map(RULES.map((rule) => [rule, kindsOf(rule.from)]));

/** Ties each event to those before it. Events are in log order; the work is linear in them. */
export function link(events: readonly Event[], notes?: LogNotes): Link[] {
  const links: Link[] = [];
  const recent = new Map<Kind, Event[]>();
  const chains = new Map<string, Event>();
  for (const to of events) {
    for (const rule of BY_KIND.get(to.kind) ?? []) {
      const found = rule.key === undefined ? nearest(rule, to, recent, notes) : before(rule, to, chains, notes);
      if (found === undefined) continue;
      links.push(found);
      if (rule.final && found.edge.confidence === 'high') break;
    }
    for (const rule of BY_KIND.get(to.kind) ?? []) {
      const key = FROM.get(rule)?.includes(to.kind) ? rule.key?.(to) : undefined;
      if (key !== undefined) chains.set(`${rule.name} ${to.boot} ${key}`, to);
    }
    const seen = recent.get(to.kind) ?? [];
    recent.set(to.kind, [...seen.slice(-LOOK_BACK + 1), to]);
  }
  return links;
}

/** What a file system reports after it was mounted again has nothing to do with what it reported before. */
function remounted(from: Event, to: Event, notes: LogNotes | undefined): boolean {
  const device = to.details?.device;
  if (from.kind !== 'filesystem-error' || to.kind !== 'filesystem-error' || typeof device !== 'string') return false;
  return device === from.details?.device && (notes?.mountsBetween(device, from.records.last, to.records.first) ?? false);
}

function before(rule: Rule, to: Event, chains: ReadonlyMap<string, Event>, notes: LogNotes | undefined): Link | undefined {
  const key = rule.key?.(to);
  const from = key === undefined ? undefined : chains.get(`${rule.name} ${to.boot} ${key}`);
  return from === undefined ? undefined : tie(rule, from, to, notes);
}

/** The nearest event that fits best. */
function nearest(rule: Rule, to: Event, recent: ReadonlyMap<Kind, readonly Event[]>, notes: LogNotes | undefined): Link | undefined {
  let best: Link | undefined;
  const candidates = (FROM.get(rule) ?? []).flatMap((kind) => recent.get(kind) ?? []).sort((a, b) => b.records.first - a.records.first);
  for (const from of candidates) {
    const found = tie(rule, from, to, notes);
    if (found !== undefined && RANK[found.edge.confidence] > (best === undefined ? 0 : RANK[best.edge.confidence])) best = found;
    if (best?.edge.confidence === 'high') break;
  }
  return best;
}

function tie(rule: Rule, from: Event, to: Event, notes: LogNotes | undefined): Link | undefined {
  if (from === to || (rule.acrossBoots ? to.boot - from.boot > 1 : from.boot !== to.boot)) return undefined;
  const [then, now] = [ended(from), to.uptime];
  if (!rule.acrossBoots && then !== undefined && now !== undefined) {
    // a folded event lasts: what falls within it is near
    if (now - then > rule.within || now < (from.uptime ?? then) - LATE) return undefined;
  }
  if (remounted(from, to, notes)) return undefined;
  const found = rule.test(from, to);
  if (found === undefined) return undefined;
  const finding: Finding = typeof found === 'string' ? { confidence: found } : found;
  const evidence = [...new Set([...recordsSaying(from, finding.from), ...recordsSaying(to, finding.to)])].sort((a, b) => a - b);
  return { from, to, rule, edge: { from: from.id, to: to.id, rule: rule.name, evidence, confidence: finding.confidence } };
}

/** The records of the fields that a rule names; without one, the head of the report. */
function recordsSaying(event: Event, paths: readonly string[] = []): readonly number[] {
  const records = recordsOfAll(event, paths);
  return records.length > 0 ? records : [event.records.first];
}
