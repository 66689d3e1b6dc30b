// README's table of limits: each figure is the constant that the code goes by.
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { section } from './sections.ts';

/** A constant as a number: digits, shifts, powers and products. */
function constant(file: string, name: string): number {
  const source = readFileSync(`src/${file}.ts`, 'utf8');
  const written = new RegExp(`(?:const ${name}(?:: \\w+)? =|\\b${name}:) ([\\d_. <*+-]+?)n?[;,} ]*$`, 'm').exec(source)?.[1];
  assert.ok(written, `src/${file}.ts has no ${name}`);
  const value = Number(new Function(`return ${written}`)());
  assert.ok(value > 0, `${name} is ${value}`);
  return value;
}

const count = (n: number): string => n.toLocaleString('en');
function size(bytes: number): string {
  for (const [unit, name] of [
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
  ] as const)
    if (bytes >= unit) return `${count(bytes / unit)} ${name}`;
  return `${bytes} bytes`;
}

const of = (file: string, name: string): string => count(constant(file, name));
const bytes = (file: string, name: string): string => size(constant(file, name));
const archive = (name: string): string => of('read/archives/limits', name);

/** What is bounded, by how much, and what is said where it cuts. */
const LIMITS: readonly (readonly [what: string, limit: string, said: string])[] = [
  ['time', '`--max-time`; none when absent', 'loss, how many MB were read; `reading.stopped`'],
  ['records', 'none: they stream', ''],
  ['line of a text', bytes('text/split-lines', 'LINE_LIMIT'), 'loss, bytes dropped'],
  ['record as a report is recognised', `${of('report/line', 'LINE_LIMIT')} characters`, 'the record itself stays whole'],
  ['field of a journal export, object of JSON', bytes('text/journal/journal-export', 'FIELD_LIMIT'), 'loss, how many'],
  ['journal that begins with the newest', `${of('text/reader', 'REVERSED_LIMIT')} records`, 'loss, and the order stays'],
  ['region of ramoops', bytes('text/pstore/ramoops', 'REGION_LIMIT'), 'loss'],
  ['gaps between the records of a dump that are named', of('printk/report', 'MAX_RANGES'), 'loss, how many more'],
  ['events', 'none: they stream', ''],
  [
    'events of which incidents are made',
    `the first and the last ${of('read/events/held-events', 'EACH_END')}, the ends of boots between`,
    'loss, how many of how many',
  ],
  [
    'report',
    `${of('report/assemble/open-report', 'MAX_LINES')} lines, ${bytes('report/assemble/open-report', 'MAX_TEXT')} of text`,
    '`completeness: truncated`, with the reason',
  ],
  ['reports that print at once', of('report/assemble/assembler', 'MAX_OPEN'), '`completeness: truncated`, with the reason'],
  [
    'tables of an event: locks, tasks, cgroups, other rows',
    ['MAX_LOCKS', 'MAX_TASKS', 'MAX_GROUPS', 'MAX_ROWS'].map((name) => of('event/facts/tables', name)).join(', '),
    '`completeness: truncated`, how many of how many; the log has all',
  ],
  ['records of an event that is many, with `--raw`', of('event/fold/folder', 'MAX_RAW'), '`details.count` reports'],
  [
    'records of a report from a long log',
    `${of('output/report/keep-records', 'MANY')}, then those near its events`,
    'how many of how many, where each gap is',
  ],
  ['stack of a dump', `${of('unwind/walk', 'MAX_FRAMES')} frames`, '`end` of its row'],
  ['list or tree of a dump', `${of('kernel/list', 'MAX_NODES')} nodes`, '`unknown`, where and why'],
  ['rows of `inspect rd`', `${of('machine/raw/memory', 'MAX_WORDS')} words`, '`unknown`, how many more'],
  ['rows of `inspect struct`', `${of('machine/raw/struct', 'MAX_ROWS')} members`, '`unknown`, how many more'],
  [
    'directory',
    `${of('read/inputs/group', 'MAX_FILES')} files (\`fleet\`: ${of('cli/commands/fleet', 'MOST_FILES')}), ${of('read/inputs/group', 'MAX_DEPTH')} deep`,
    'an input that cannot be read: exit code 3',
  ],
  [
    'unpacked support case',
    `${of('read/archives/expand-tree', 'MAX_FILES')} files, ${of('read/archives/expand-tree', 'MAX_DEPTH')} deep`,
    'loss',
  ],
  ['archive: names, depth, dumps and logs', ['members', 'depth', 'kept'].map(archive).join(', '), 'loss, what came before is read'],
  ['compression in compression', of('dump/open/open-dump', 'MAX_WRAPPERS'), 'refused'],
  [
    'what compressed bytes may come to',
    `${growth('dump/open/growth', 'GROWTH')}; in archives ${growth('read/archives/limits', 'passed')} to look through`,
    'refused as a bomb; of an archive a loss',
  ],
  ['losses of an input in a fleet', of('fleet/summarise', 'MOST_SIGHTINGS'), 'how many more'],
  [
    'answer in a store: events, incidents, modules',
    ['MOST_EVENTS', 'MOST_INCIDENTS', 'MOST_MODULES'].map((name) => of('fleet/answer/answer-of', name)).join(', '),
    '`omitted`, how many',
  ],
  [
    'memory of a thread that reads one of many',
    `${of('cli/fleet/threads', 'LEAST_HEAP')} to ${of('cli/fleet/threads', 'MOST_HEAP')} MB`,
    'that input cannot be read, with the reason',
  ],
];

/** A floor and a ratio: `1 GiB or 300 times`. */
function growth(file: string, name: string): string {
  const source = readFileSync(`src/${file}.ts`, 'utf8');
  const [, floor = '', ratio = ''] = new RegExp(`${name}(?:: Growth =|:) \\{ floor: ([\\d *<]+), ratio: (\\d+) \\}`).exec(source) ?? [];
  assert.ok(ratio, `src/${file}.ts has no ${name}`);
  return `${size(Number(new Function(`return ${floor}`)()))} or ${ratio} times their size`;
}

test('README says each limit as the code has it', () => {
  const rows = LIMITS.map((cells) => `| ${cells.join(' | ')} |`);
  section('limits', 'test/readme/limits.test.ts', ['| what | at most | where it cuts |', '|---|---|---|', ...rows].join('\n'));
});

test.run();
