// Prints, for every dump of a folder, what inspection counts in it, and whether the stack of the task that panicked is the log's trace:
//
//   node scripts/inspect-numbers.mjs ../shared/corpus/dumps [PART OF A NAME…]
//
// Fails where a stack is whole and is not the log's. README of src/machine has the table.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '../shared/corpus/dumps', ...wanted] = process.argv.slice(2);
const DUMP = /\.(?:vmcore(?:\.\S+)?|elf|lime|raw)(?:\.(?:zst|gz|xz))?$/;

function json(...args) {
  const { stdout } = spawnSync(process.execPath, ['dist/cli.js', ...args, '--format', 'json'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return stdout === '' ? undefined : JSON.parse(stdout);
}
const rowsOf = (file, ...part) => json('inspect', file, ...part)?.rows ?? [];
const sum = (numbers) => numbers.reduce((total, n) => total + (n ?? 0), 0);

/** `58: 3/1/17/37`: all tasks, and those that run, are stuck, sleep, or are idle kernel threads. */
function tasksText(file) {
  const tasks = rowsOf(file, 'ps');
  return tasks.length === 0
    ? '-'
    : `${tasks.length}: ${['RU', 'UN', 'IN', 'ID'].map((state) => tasks.filter((t) => t.state === state).length).join('/')}`;
}

function memoryText(file) {
  const pages = new Map(rowsOf(file, 'kmem', '-i').map((row) => [row.item, row.pages]));
  return pages.size === 0 ? '-' : ['totalMem', 'free', 'cached', 'slab'].map((item) => pages.get(item) ?? '?').join('/');
}

/** What is not known of a cache is not counted: then the sum is of the others, and says of how many. */
function slabText(file) {
  const caches = rowsOf(file, 'kmem', '-s');
  if (caches.length === 0) return '-';
  const lacking = caches.filter(({ allocated, total }) => allocated === undefined || total === undefined).length;
  const cached = sum(caches.map((row) => row.cached ?? row.cachedAtLeast));
  const held = cached > 0 ? ` (${caches.some((row) => row.unknown?.includes('cached')) ? '≥' : ''}${cached} cached)` : '';
  return `${caches.length}, ${sum(caches.map((row) => row.allocated))}/${sum(caches.map((row) => row.total))}${held}${lacking > 0 ? `, ${lacking} not known` : ''}`;
}

const nameOf = ({ comm, pid }) => (comm === undefined ? '?' : pid === 0 ? comm : `${comm}[${pid}]`);

/** Frames of the log's trace that were found in memory in their order, or why not. */
function stackText(machine) {
  if (machine === undefined) return 'no kallsyms in the dump';
  const { stack } = machine;
  if (stack === undefined) return 'no stack: no rules to unwind by';
  if (stack.agrees === undefined) return 'the log has no trace of that task';
  return stack.agrees ? `agrees, ${stack.frames.length} frames` : `DIFFERS: ${stack.why}`;
}

let differ = 0;
const rows = readdirSync(folder)
  .filter((name) => DUMP.test(name) && !name.endsWith('.txt.gz') && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .map((name) => {
    const file = join(folder, name);
    const machine = json('incidents', file)?.machine;
    const stack = stackText(machine);
    if (stack.startsWith('DIFFERS')) differ++;
    const cpus = machine === undefined ? '-' : `${machine.panic?.cpu ?? '?'}: ${machine.cpus.map(nameOf).join(', ')}`;
    return [name, tasksText(file), rowsOf(file, 'mod').length || '-', memoryText(file), slabText(file), cpus, stack];
  });
const HEADS = [
  'dump',
  'tasks: RU/UN/IN/ID',
  'modules',
  'total/free/cached/slab pages',
  'caches, objects in use/all',
  'CPU that panicked: on the CPUs',
  'its stack and the log',
];
for (const row of [HEADS, HEADS.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
process.exitCode = differ > 0 ? 1 : 0;
