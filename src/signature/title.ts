import type { Naming } from '../event/facts/draft.ts';
import { bareSymbol, systemCall } from './bare-symbol.ts';

export interface Titles {
  readonly title: string;
  readonly altTitles: string[];
}

/**
 * The titles of a report, its guilty frame filled in; the next best frames make further alternatives. A system call is named without its
 * entry wrapper; the wrapper's names are alternatives.
 */
export function titlesOf(naming: Naming, symbol: string | undefined, others: readonly string[] = []): Titles {
  if (symbol === undefined) {
    const title = naming.bare ?? naming.title.replace(/ in \{f\}$/, '');
    return { title, altTitles: (naming.alt ?? []).filter((t) => !t.includes('{f}')) };
  }
  const names = namesOf(bareSymbol(symbol));
  const [title = naming.title, ...rest] = filled(naming.title, names);
  const altTitles: string[] = [];
  const put = (t: string): void => {
    if (t !== title && !altTitles.includes(t)) altTitles.push(t);
  };
  for (const t of rest) put(t);
  for (const template of naming.alt ?? []) for (const t of filled(template, names)) put(t);
  if (naming.title.includes(PLACE)) for (const other of others) for (const t of filled(naming.title, [nameOf(bareSymbol(other))])) put(t);
  return { title, altTitles: altTitles.sort() };
}

/** Where a template has the guilty frame. */
const PLACE = '{f}';

/** The template with each of the names; itself where it has none. */
function filled(template: string, names: readonly string[]): string[] {
  const at = template.indexOf(PLACE);
  if (at < 0) return [template];
  const before = template.slice(0, at);
  const behind = template.slice(at + PLACE.length);
  return names.map((name) => before + name + behind);
}

function namesOf(bare: string): string[] {
  const call = systemCall(bare);
  return call === undefined || call === bare ? [bare] : [call, bare, `sys_${call}`].filter((n, i, all) => all.indexOf(n) === i);
}

const nameOf = (bare: string): string => systemCall(bare) ?? bare;
