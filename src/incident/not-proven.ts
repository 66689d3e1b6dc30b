import type { Event } from '../event/event.ts';
import { byKind, isKindOf } from '../event/kinds.ts';
import { beginning } from '../event/symbols.ts';
import { clueOf } from './clue.ts';
import { circleOf } from './deadlock.ts';
import { sharesModule } from './frames.ts';
import type { Group } from './group.ts';
import { disagreement } from './memory/clauses.ts';
import { openObject } from './memory/objects.ts';
import { openWait } from './memory/waits.ts';
import type { Surroundings } from './surroundings.ts';
import { livesOn } from './verdict/lives-on.ts';
import { isUnaligned } from './verdict/root.ts';

/** What even a complete report of that kind leaves open. */
const open = byKind({
  'null-dereference': 'who left the pointer NULL: the log shows where it was used',
  'paging-fault': 'who made the address bad: the log shows where it was used',
  'general-protection': 'who made the address bad: the log shows where it was used',
  'found-later': 'who wrote there: the kernel found it later',
  'list-corruption': 'who broke the list: the kernel found it when the entry was used',
  'stack-overflow': 'which function used most of the stack: the trace shows where it ended',
  'hung-task': 'who should have woken the task',
});
/** A complaint of the same module is named if it came at most so many seconds before. */
const NEAR = 600;

/** What the log does not show: leaps of the rules, cut reports, neighbours that may or may not belong. */
export function notProven({ events, links }: Group, terminal: Event, around: Surroundings, all: readonly Event[]): string[] {
  const first = events[0] as Event;
  const said: (string | undefined)[] = [
    rootOpen(events, around),
    disagreement(terminal, around.machine),
    ...leaps(links),
    clueOf(first, around.notes)?.clue.unproven,
    ...incomplete(events),
    livesOn(terminal, around) === undefined ? undefined : `that the kernel panicked at ${terminal.id}: the line stands alone`,
    ...neighbours(events, all),
  ];
  return [...new Set(said.filter((text) => text !== undefined))].slice(0, 12);
}

/** What is open of the report that began it: less where the memory of the dump says who waits for whom, or which object was freed. */
function rootOpen(events: readonly Event[], { machine }: Surroundings): string | undefined {
  const first = events[0] as Event;
  const wait = openWait(first, machine);
  if (wait !== undefined) return wait ?? undefined;
  if (circleOf(events) !== undefined) return undefined;
  if (first.details?.ownerPid !== undefined) return 'why the owner does not let go';
  if (isUnaligned(first) && !/exception/.test(first.fault?.cause ?? ''))
    return 'what is mapped at the address: only memory of devices refuses unaligned access';
  return openObject(first, machine) ?? (isInAllocator(first) ? OVERWRITTEN : open(first.kind));
}

/** An allocator that follows a bad pointer found it in its own list of free objects. */
const isInAllocator = ({ kind, at }: Event): boolean =>
  (kind === 'paging-fault' || kind === 'general-protection') && ALLOCATES.test(at?.symbol ?? '');
const ALLOCATES = beginning('_*(?:kmem_cache_alloc|kmalloc|krealloc|slab_alloc|get_freepointer|cache_alloc)');
const OVERWRITTEN =
  'who wrote to freed memory: the allocator met a bad pointer, probably in its own list of free objects; its caller is a bystander';

/** Pairs of events that one sentence names. */
const PAIRS = 4;

/** What each rule leaves open, once, with the events that it joined. */
function leaps(links: Group['links']): string[] {
  const pairs = new Map<string, string[]>();
  for (const { rule, edge, from, to } of links) {
    if (edge.confidence === 'high' || rule.unproven === undefined) continue;
    pairs.set(rule.unproven, [...(pairs.get(rule.unproven) ?? []), `${from.id}, ${to.id}`].slice(0, PAIRS + 1));
  }
  return [...pairs].map(([text, all]) => `${text} (${all.slice(0, PAIRS).join('; ')}${all.length > PAIRS ? '; …' : ''})`);
}

/** `E1 is truncated: …`, `E6, E7 and E8 are truncated: …`: reports with one thing amiss are named together. */
function incomplete(events: readonly Event[]): string[] {
  const ids = new Map<string, string[]>();
  for (const { id, completeness, completenessReason = 'lines are missing' } of events) {
    if (completeness === 'complete') continue;
    const what = `${completeness}: ${completenessReason}`;
    ids.set(what, [...(ids.get(what) ?? []), id]);
  }
  return [...ids].map(([what, [first = '', ...more]]) => {
    const last = more.pop();
    return last === undefined ? `${first} is ${what}` : `${[first, ...more].join(', ')} and ${last} are ${what}`;
  });
}

/** Complaints of the same module shortly before a fault: near, but nothing ties them. */
function neighbours(events: readonly Event[], all: readonly Event[]): string[] {
  const fault = events.find(({ kind }) => isKindOf(kind, 'oops'));
  if (fault === undefined) return [];
  const own = new Set(events);
  const at = all.indexOf(fault);
  return all
    .slice(Math.max(0, at - 32), at)
    .filter(
      (event) =>
        !own.has(event) &&
        event.boot === fault.boot &&
        isKindOf(event.kind, 'complaint') &&
        (fault.uptime ?? 0) - (event.uptime ?? 0) <= NEAR &&
        sharesModule(event, fault),
    )
    .slice(-2)
    .map((event) => `that ${event.id} (${event.title}) led to ${fault.id}: the module is the same, the function and the task are not`);
}
