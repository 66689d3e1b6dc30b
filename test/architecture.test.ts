// Imports run one way, in no circles: the rules of src/README.md, read from the imports themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { circlesOf } from './support/circles.ts';

/** What is known of a log once it was understood. */
const UNDERSTOOD = ['incident', 'signature', 'event', 'report', 'record', 'decode'];
/** Where records come from. */
const ORIGINS = ['dump', 'memory', 'printk', 'text'];
/** What a kernel's memory says beyond its log; loaded by those who inspect alone. */
const OBJECTS = ['machine', 'unwind', 'kernel', 'types', 'symbols'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  record: [],
  decode: [],
  dump: [],
  memory: ['dump'],
  symbols: ['memory', 'dump'],
  types: ['dump'],
  kernel: ['symbols', 'types', 'memory', 'dump'],
  unwind: ['kernel', 'symbols', 'types', 'memory', 'dump'],
  machine: ['unwind', 'kernel', 'symbols', 'types', 'memory', 'dump', 'record'],
  printk: ['memory', 'dump', 'record'],
  text: ['record'],
  grammars: [],
  report: ['record', 'grammars'],
  event: ['report', 'record', 'decode', 'grammars'],
  signature: ['event', 'report', 'record', 'decode', 'grammars'],
  incident: ['signature', 'event', 'report', 'record', 'decode'],
  read: [...UNDERSTOOD, ...ORIGINS, ...OBJECTS, 'grammars'],
  fleet: UNDERSTOOD,
  doctor: [],
  output: ['read', 'fleet', 'doctor', 'machine', ...UNDERSTOOD],
  tui: ['read', 'output', 'fleet', ...UNDERSTOOD],
  cli: ['read', 'tui', 'output', 'fleet', 'doctor', ...UNDERSTOOD, ...ORIGINS, ...OBJECTS],
  'index.ts': ['read', ...UNDERSTOOD, 'dump'],
};
/** They draw what was read; they open nothing. */
const TYPES_ONLY: Readonly<Record<string, string>> = { output: 'read', tui: 'read' };
/** Where the outside world may be touched. A store is its files (whole, locked, merged): what is asked of it, fleet/questions, touches none. */
const IMPURE = /^src\/(cli|read|tui\/terminal)\/|^src\/(dump\/open|fleet\/(pool|queue|store))(\/|\.ts$)/;
const WORLD = /^node:(fs|fs\/promises|process|worker_threads|child_process|os|tty)$/;

const sources = ['src', 'grammars'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f))
    .map((f) => join(root, f)),
);
const stageOf = (file: string): string => (file.startsWith('grammars') ? 'grammars' : (file.split('/')[1] ?? ''));

interface Import {
  readonly path: string;
  readonly typeOnly: boolean;
  /** Loaded when a line is run. */
  readonly lazy: boolean;
}

/** Imports begin a line and run to their `from`, or load a file when it is needed; comments and strings hold none. */
const importsOf = (file: string): Import[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(
      /^(?:import|export)\b(?<type> type\b)?(?:[^'";]*?\bfrom)?\s*['"](?<from>[^'"]+)['"]|\bimport\(\s*['"](?<lazy>[^'"]+)['"]/gm,
    ),
  ].map(({ groups = {} }) => ({
    path: groups.from ?? groups.lazy ?? '',
    typeOnly: groups.type !== undefined,
    lazy: groups.lazy !== undefined,
  }));

const graph: ReadonlyMap<string, readonly Import[]> = new Map(sources.map((file) => [file, importsOf(file)]));
/** The files of ours that a file imports. */
const ownOf = (file: string): (Import & { readonly to: string })[] =>
  (graph.get(file) ?? []).filter(({ path }) => path.startsWith('.')).map((each) => ({ ...each, to: join(dirname(file), each.path) }));

test('each stage imports only the stages below it', () => {
  const wrong = sources.flatMap((file) =>
    ownOf(file)
      .filter(({ to }) => stageOf(to) !== stageOf(file) && !MAY_IMPORT[stageOf(file)]?.includes(stageOf(to)))
      .map(({ to }) => `${file} imports ${to}`),
  );
  assert.equal(wrong, []);
  assert.ok(sources.length > 0);
});

test('of what inspects, output knows the schema alone', () => {
  const taken = sources.flatMap((file) => (stageOf(file) === 'output' ? ownOf(file) : [])).filter(({ to }) => stageOf(to) === 'machine');
  assert.equal(
    taken.map(({ to }) => to),
    ['src/machine/schema.ts'],
  );
});

test('the stages themselves form no circle', () => {
  assert.equal(circlesOf(new Map(Object.entries(MAY_IMPORT))), []);
});

test('output and dashboard take types from what reads, and nothing that runs', () => {
  const wrong = sources.flatMap((file) =>
    ownOf(file)
      .filter(({ to, typeOnly }) => !typeOnly && stageOf(to) === TYPES_ONLY[stageOf(file)])
      .map(({ to }) => `${file} imports ${to}`),
  );
  assert.equal(wrong, []);
});

test('no files import each other in a circle, types included', () => {
  const imports = new Map(sources.map((file) => [file, ownOf(file).map(({ to }) => to)]));
  assert.equal(circlesOf(imports), []);
  const missing = [...imports].flatMap(([file, all]) => all.filter((to) => !imports.has(to)).map((to) => `${file} imports ${to}`));
  assert.equal(missing, [], 'an import that was not understood would hide a circle');
});

test('folders nest three deep at most, and none has the name of what tools write', () => {
  const folders = [...new Set(sources.map((file) => dirname(file)))];
  // src/tui/event/tabs, grammars/hardware/lines: deeper trees are walked, not known
  assert.equal(
    folders.filter((folder) => folder.split('/').length > 4),
    [],
  );
  // many tools skip such folders: what is in them is not searched, linted or counted
  assert.equal(
    folders.filter((folder) => /\/(build|dist|out|lib|coverage|target|vendor)(\/|$)/.test(folder)),
    [],
  );
});

test('what inspects a kernel is loaded only when somebody asks for it', () => {
  const inspecting = new Set(OBJECTS);
  // what a process loads at its start: all imports but those that are made when they are needed
  const loaded = (start: string): string[] => {
    const seen = new Set([start]);
    for (const file of seen) for (const { to, typeOnly, lazy } of ownOf(file)) if (!typeOnly && !lazy) seen.add(to);
    return [...seen];
  };
  const lean = 'dmesg|events|incidents|summary|info|report|trim|tui'.split('|').map((name) => `src/cli/commands/${name}.ts`);
  const wrong = ['src/cli/binaries.ts', 'src/cli/program.ts', 'src/index.ts', ...lean].flatMap((start) =>
    loaded(start)
      .filter((file) => inspecting.has(stageOf(file)))
      .map((file) => `${start} loads ${file}`),
  );
  assert.equal(wrong, []);
});

test('grammars import chevrotain, its parts, and each other, nothing else', () => {
  const wrong = sources
    .filter((file) => stageOf(file) === 'grammars')
    .flatMap((file) =>
      (graph.get(file) ?? [])
        .filter(({ path }) => !path.startsWith('.') && !/^(?:chevrotain|@chevrotain\/.+)$/.test(path))
        .map(({ path }) => `${file} imports ${path}`),
    );
  assert.equal(wrong, []);
});

test('what is looked up by any word stands in a Map: an object knows `toString` and `constructor` as well', () => {
  // chevrotain takes the modes of a lexer as an object; nothing but our own parsers names them
  const wrong = sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bconst ([A-Z][A-Z0-9_]*): (?:Readonly<)*Record<string\b/g)]
      .filter(([, name]) => !name?.endsWith('MODES'))
      .map(([, name]) => `${file}: ${name}`),
  );
  assert.equal(wrong, []);
});

test('DuckDB is loaded in one place, when a store is opened', () => {
  const loading = sources.flatMap((file) =>
    (graph.get(file) ?? [])
      .filter(({ path, typeOnly }) => path.startsWith('@duckdb/') && !typeOnly)
      .map(({ lazy }) => (lazy ? file : `${file}, at its start`)),
  );
  assert.equal([...new Set(loading)], ['src/fleet/store/duckdb.ts']);
});

test('files, processes and workers are touched only at the edges', () => {
  // printers of the kernel stand in files called process.c
  const wrong = sources
    .filter((file) => !IMPURE.test(file))
    .flatMap((file) => [
      ...(graph.get(file) ?? []).filter(({ path }) => WORLD.test(path)).map(({ path }) => `${file} imports ${path}`),
      ...(/\bprocess\.(?!env\.NODE_ENV|c\b)|\bDate\.now\(|\bperformance\.now\(/.test(readFileSync(file, 'utf8'))
        ? [`${file} reads the process or a clock`]
        : []),
    ]);
  assert.equal(wrong, []);
});

test.run();
