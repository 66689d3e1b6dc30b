// Writes src/text/locale/names.ts: the weekdays and months that glibc's locales abbreviate (strftime %a and %b), which dmesg -T and
// journalctl print. Reads the sources of the locales, which Debian ships in the package `locales`:
//
//   node scripts/glibc-dates.mjs [/usr/share/i18n/locales]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const dir = process.argv[2] ?? '/usr/share/i18n/locales';

/** The lines of a locale's LC_TIME, comments taken out, continued lines joined; `copy` is followed. */
function timeSection(name) {
  const text = readFileSync(join(dir, name), 'utf8');
  const comment = /^comment_char\s+(\S)/m.exec(text)?.[1] ?? '#';
  const escapeChar = /^escape_char\s+(\S)/m.exec(text)?.[1] ?? '\\';
  const body = /^LC_TIME$(.*?)^END LC_TIME/ms.exec(text)?.[1] ?? '';
  const lines = body
    .split('\n')
    .filter((line) => !line.trimStart().startsWith(comment))
    .join('\n')
    .replaceAll(`${escapeChar}\n`, ' ');
  const copied = /^copy\s+"([^"]+)"/m.exec(lines)?.[1];
  return copied === undefined ? lines : timeSection(copied);
}

const decode = (text) => text.replace(/<U([0-9A-Fa-f]{4,8})>/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)));

/** The names of a keyword; blanks at either end go, as whoever reads a line steps over them. */
function names(section, keyword, count) {
  const value = new RegExp(`^${keyword}\\s+(.*)$`, 'm').exec(section)?.[1];
  const found = [...(value ?? '').matchAll(/"([^"]*)"/g)].map((m) => decode(m[1]).trim());
  return found.length === count ? found : undefined;
}

/** Locales by the names they share. */
const rows = new Map();
for (const file of readdirSync(dir).sort()) {
  if (!/^[a-z]{2,3}_[A-Z]{2}(@\w+)?$/.test(file)) continue;
  const section = timeSection(file);
  const days = names(section, 'abday', 7);
  const months = names(section, 'abmon', 12);
  if (days === undefined || months === undefined) continue;
  // since 2.27 %b is the form that stands beside a day; before, the one that stands alone
  const alone = names(section, 'ab_alt_mon', 12);
  const both = months.map((name, i) => (alone === undefined || alone[i] === name ? name : `${name}/${alone[i]}`));
  const row = `${days.join('|')}|${both.join('|')}`;
  rows.set(row, [...(rows.get(row) ?? []), file.slice(0, file.indexOf('_'))]);
}

const english = (row) => row.startsWith('Sun|Mon|Tue|Wed|Thu|Fri|Sat|Jan|');
const sorted = [...rows].filter(([row]) => !english(row)).sort((a, b) => b[1].length - a[1].length || (a[1][0] < b[1][0] ? -1 : 1));
const lines = sorted.map(([row, languages]) => `${[...new Set(languages)].join(' ')}|${row}`);
if (lines.some((line) => /[`\\$]/.test(line))) throw new Error('a name needs escaping');
writeFileSync(
  'src/text/locale/names.ts',
  `// Written by scripts/glibc-dates.mjs from the locales of glibc; do not edit.

/**
 * A row a set of names: the languages, seven weekdays from Sunday on, twelve months; a month in two forms as \`form/form\`. The names
 * that most countries share come first. English is left out.
 */
export const DATE_NAMES = \`
${lines.join('\n')}
\`;
`,
);
console.log(`${lines.length} sets of names of ${sorted.reduce((n, [, l]) => n + l.length, 0)} locales`);
