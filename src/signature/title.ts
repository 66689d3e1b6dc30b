import type { Naming } from '../event/facts/draft.ts';
import { bareSymbol, systemCall } from './bare-symbol.ts';

export interface Titles {
  readonly title: string;
  readonly altTitles: readonly string[];
}

/** The titles of a report, its guilty frame filled in; the next best frames make further alternatives. A system call is named without its entry wrapper; the wrapper's names are alternatives. */
export function titlesOf(naming: Naming, symbol: string | undefined, others: readonly string[] = []): Titles {
  if (symbol === undefined) {
    const title = naming.bare ?? naming.title.replace(/ in \{f\}$/, '');
    return { title, altTitles: (naming.alt ?? []).filter((t) => !t.includes('{f}')) };
  }
  const names = namesOf(bareSymbol(symbol));
  const fill = (template: string): string[] => (template.includes('{f}') ? names.map((n) => template.replace('{f}', n)) : [template]);
  const [title = naming.title, ...rest] = fill(naming.title);
  const next = naming.title.includes('{f}') ? others.flatMap((o) => namesOf(bareSymbol(o)).slice(0, 1)) : [];
  const altTitles = [...rest, ...(naming.alt ?? []).flatMap(fill), ...next.map((n) => naming.title.replace('{f}', n))];
  return { title, altTitles: [...new Set(altTitles)].filter((t) => t !== title).sort() };
}

function namesOf(bare: string): string[] {
  const call = systemCall(bare);
  return call === undefined || call === bare ? [bare] : [call, bare, `sys_${call}`].filter((n, i, all) => all.indexOf(n) === i);
}
