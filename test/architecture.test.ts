// Imports run one way: the rule of src/README.md, read from the imports themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

const MAY_IMPORT: Record<string, readonly string[]> = {
  record: [],
  decode: [],
  dump: [],
  memory: ['dump'],
  printk: ['memory', 'dump', 'record'],
  text: ['record'],
  report: ['record', 'grammars'],
  event: ['report', 'record', 'decode', 'grammars'],
  signature: ['event', 'report', 'record', 'decode'],
  incident: ['signature', 'event', 'report', 'record', 'decode'],
  output: ['fleet', 'incident', 'signature', 'event', 'report', 'record', 'decode'],
  fleet: ['incident', 'signature', 'event', 'report', 'record', 'decode'],
  tui: ['output', 'fleet', 'incident', 'signature', 'event', 'report', 'record', 'decode'],
  read: ['output', 'fleet', 'incident', 'signature', 'event', 'report', 'record', 'decode', 'dump', 'memory', 'printk', 'text'],
  cli: [
    'read',
    'tui',
    'output',
    'fleet',
    'incident',
    'signature',
    'event',
    'report',
    'record',
    'decode',
    'dump',
    'memory',
    'printk',
    'text',
  ],
  grammars: [],
};
/** Where the outside world may be touched. */
const IMPURE = /^src\/(cli|read|tui\/terminal)\/|^src\/(dump\/open|fleet\/pool)(\/|\.ts$)/;
const WORLD = /^node:(fs|fs\/promises|process|worker_threads|child_process|os|tty)$/;

const sources = ['src', 'grammars'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f))
    .map((f) => join(root, f)),
);
const stageOf = (file: string): string => (file.startsWith('grammars') ? 'grammars' : (file.split('/')[1] ?? ''));
/** Static imports begin a line and run to their `from`; what stands in comments and strings is none. */
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm),
  ].map((m) => m[1] ?? m[2] ?? '');

test('each stage imports only the stages below it', () => {
  const wrong: string[] = [];
  for (const file of sources) {
    const from = stageOf(file);
    for (const path of importsOf(file).filter((p) => p.startsWith('.'))) {
      const to = stageOf(relative('.', join(dirname(file), path)));
      if (to !== from && !MAY_IMPORT[from]?.includes(to)) wrong.push(`${file} imports ${path}`);
    }
  }
  assert.equal(wrong, []);
  assert.ok(sources.length > 0);
});

test('grammars import chevrotain and each other, nothing else', () => {
  const wrong = sources
    .filter((f) => f.startsWith('grammars'))
    .flatMap((f) =>
      importsOf(f)
        .filter((p) => !p.startsWith('.') && p !== 'chevrotain')
        .map((p) => `${f} imports ${p}`),
    );
  assert.equal(wrong, []);
});

test('files, processes and workers are touched only at the edges', () => {
  const wrong = sources
    .filter((f) => !IMPURE.test(f))
    .flatMap((f) => [
      ...importsOf(f)
        .filter((p) => WORLD.test(p))
        .map((p) => `${f} imports ${p}`),
      ...(/\bprocess\.(?!env\.NODE_ENV)|\bDate\.now\(|\bperformance\.now\(/.test(readFileSync(f, 'utf8'))
        ? [`${f} reads the process or a clock`]
        : []),
    ]);
  assert.equal(wrong, []);
});

test.run();
