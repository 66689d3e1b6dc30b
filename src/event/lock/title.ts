import type { Naming } from '../facts/draft.ts';

/** Reports of a wrong order: what they warn of is a deadlock. */
const DEADLOCK = /possible (?:circular|recursive)|irq lock inversion|-safe -> .*-unsafe|possible irq lock/;

/** The name of a lockdep report by its head line (without `WARNING:` or `[ BUG: … ]`), as syzbot made it the field's convention. */
export function lockdepTitle(what: string, level: string): Pick<Naming, 'title' | 'alt' | 'bare'> {
  if (DEADLOCK.test(what)) return { title: 'possible deadlock in {f}', bare: 'possible deadlock' };
  if (/inconsistent lock state/.test(what)) return { title: 'inconsistent lock state in {f}' };
  if (/non-static key/.test(what)) return { title: 'INFO: trying to register non-static key in {f}' };
  if (/Invalid wait context/.test(what)) return { title: 'BUG: Invalid wait context in {f}', alt: ['WARNING: locking bug in {f}'] };
  // The same report said BUG until 4.10 and says WARNING since 4.11.
  const name = what.replace(/\s*detected$/, '').replace(/^Nested/, 'nested');
  const [first, second] = level === 'BUG' ? ['BUG', 'WARNING'] : ['WARNING', 'BUG'];
  return { title: `${first}: ${name} in {f}`, alt: [`${second}: ${name} in {f}`] };
}

/** The name of a report on code in a context that forbids what it does. */
export function contextTitle(text: string, using: string | undefined, assumed: string | undefined): string {
  if (/sleeping function/.test(text)) return 'BUG: sleeping function called from invalid context in {f}';
  if (/workqueue leaked/.test(text)) return 'BUG: workqueue leaked lock or atomic in {f}';
  if (using !== undefined) return `BUG: using ${using} in preemptible code in {f}`;
  if (assumed !== undefined) return `BUG: assuming ${assumed} context in {f}`;
  return 'BUG: scheduling while atomic in {f}';
}
