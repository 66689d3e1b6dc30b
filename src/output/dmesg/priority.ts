/** Names of dmesg(1), by number. */
export const LEVELS = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug'] as const;

export const FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'res0',
  'res1',
  'res2',
  'res3',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
] as const;

/**
 * The numbers that `-l err,crit` or `-f kern,daemon` name. `warn+` is warn and everything graver, `+warn` warn and everything milder.
 * @returns undefined with the word that is no name
 */
export function parseNames(list: string, names: readonly string[]): { readonly set: ReadonlySet<number> } | { readonly unknown: string } {
  const set = new Set<number>();
  for (const word of list.split(',')) {
    const name = word.replace(/^\+|\+$/g, '');
    const index = /^\d+$/.test(name) ? Number(name) : names.indexOf(name);
    if (index < 0 || index >= names.length) return { unknown: word };
    const from = word.endsWith('+') ? 0 : index;
    const to = word.startsWith('+') ? names.length - 1 : index;
    for (let i = from; i <= to; i++) set.add(i);
  }
  return { set };
}
