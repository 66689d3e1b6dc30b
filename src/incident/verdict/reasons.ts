import type { Event, VerdictClause } from '../../event/event.ts';
import { bareSymbol } from '../../signature/bare-symbol.ts';
import { capital } from './words.ts';

/**
 * The clauses of a verdict as sentences, each with its records: what the headline has said already is left out, and an out-of-memory
 * verdict, which weighs several findings, is told one by one.
 */
export function reasonsOf(clauses: readonly VerdictClause[], headline: string, events: readonly Event[] = []): VerdictClause[] {
  const names = namesIn(events);
  return clauses.flatMap((clause, nth) =>
    parts(nth === 0 ? withoutVictim(clause.text) : clause.text)
      .filter((text) => !saysNoMore(text, headline))
      .map((text) => ({ ...clause, text: `${firstLetter(capital(text), names)}.` })),
  );
}

/** Who was killed and that memory ran out is the headline; here is why. What fills a limit is a finding of its own. */
const withoutVictim = (text: string): string =>
  text
    .replace(
      /^(?:[^"]{1,80} was (?:chosen to be )?killed[^:"]*|the kernel panicked \([^)]*\)|The OOM killer was called[^:"]*|a (?:request|vmalloc request) of [^":]{1,160} (?:failed|for memory)): /i,
      '',
    )
    .replace(/^(?:the machine|the nodes of [^:"]{1,60}) ran out of memory: /, '')
    .replace(/, (?=\d+(?:\.\d+)? % of it )/, '; ')
    .replace(/(?<=; \d+(?:\.\d+)? % of it )(?!is )/, 'is ');

/** Findings of one clause; what is quoted stays whole. */
const parts = (text: string): string[] => (text.includes('"') ? [text] : text.split('; '));

/** A sentence begins with a capital, but not where a name begins it: `nbd (out of tree) had been loaded`. */
const firstLetter = (text: string, names: ReadonlySet<string>): string => {
  const first = /^([a-z]+) /.exec(text)?.[1];
  return first === undefined || names.has(first) ? text : text.charAt(0).toUpperCase() + text.slice(1);
};

/** What the kernel calls by a name of its own: functions, modules, tasks. */
const namesIn = (events: readonly Event[]): Set<string> =>
  new Set(
    events
      .flatMap(({ culprit, modules = [], task }) => [
        bareSymbol(culprit?.symbol ?? ''),
        culprit?.module,
        task?.comm,
        ...modules.map(({ name }) => name),
      ])
      .filter((name) => name !== undefined && name !== null),
  );

/** Whether each word of the sentence stands in the headline, but for the small ones. */
function saysNoMore(text: string, headline: string): boolean {
  const said = new Set(words(headline));
  return words(text).every((word) => said.has(word));
}

/** Words that say nothing by themselves, and those by which the sentence differs from the headline. */
const SMALL = new Set(
  `corruption a an the in on of at and was is were it its through pointer check cpu kernel code read wrote used called failed met reported warned error
  hardware transmission file system i/o context task idle jumped bug address`.split(/\s+/),
);
/** The numbers of CPUs add nothing that a headline must say. */
const words = (text: string): string[] =>
  (text.toLowerCase().match(/[\w./-]+/g) ?? [])
    .map((word) => word.replace(/\.$/, ''))
    .filter((word) => !SMALL.has(word) && !/^\d{1,3}$/.test(word));
