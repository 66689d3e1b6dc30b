// The package as others install it: packed, installed without a network, its types compiled as strictly as can be, README's example run.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { section } from '../readme/sections.ts';

const SAMPLE = 'samples/x86_64-5.10-two-ooms-then-oops/vmcore';
const TSC = resolve('node_modules/typescript/bin/tsc');
const project = mkdtempSync(join(tmpdir(), 'lastkmsg-library-'));
const installed = join(project, 'node_modules/lastkmsg');

function run(program: string, args: readonly string[], cwd = '.'): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd });
  assert.is(status, 0, `${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

function compile(file: string, source: string, options: Readonly<Record<string, unknown>> = {}): string {
  writeFileSync(join(project, file), source);
  const compilerOptions = { module: 'nodenext', target: 'es2022', strict: true, skipLibCheck: false, types: [], ...options };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  return spawnSync(process.execPath, [TSC, '-p', project], { encoding: 'utf8' }).stdout;
}

/** README's example, as it stands there. */
const example = (): string => /## As a library\n.*?```ts\n(.*?)```/s.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';

test.before(() => {
  run(process.execPath, ['scripts/declarations.mjs']);
  writeFileSync('dist/lastkmsg.1', run(process.execPath, ['dist/cli.js', 'completion', 'man']));
  // the build is there: to build again would take dist from under the tests that run meanwhile
  run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', project]);
  mkdirSync(project, { recursive: true });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'scratch', private: true, type: 'module' }));
  const tarball = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? 'no tarball';
  run('npm', ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund', `./${tarball}`], project);
});
test.after(() => rmSync(project, { recursive: true, force: true }));

test('for all users: the commands, and the manual page where man looks for it', () => {
  const prefix = join(project, 'prefix');
  const [tarball = ''] = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  run('npm', ['install', '--offline', '--omit=optional', '--no-audit', '--no-fund', '-g', '--prefix', prefix, join(project, tarball)]);
  assert.match(run(join(prefix, 'bin/lastkmsg'), ['--version']), /^\d+\.\d+\.\d+\n$/);
  assert.match(run(join(prefix, 'bin/vmcore-dmesg'), [resolve(SAMPLE)]), /Kernel panic - not syncing/);
  assert.match(readFileSync(join(prefix, 'share/man/man1/lastkmsg.1'), 'utf8'), /^\.TH LASTKMSG 1 /);
});

test('it needs no other package: without a network it is there alone', () => {
  assert.equal(
    readdirSync(join(project, 'node_modules')).filter((name) => !name.startsWith('.')),
    ['lastkmsg'],
  );
  assert.is(JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')).dependencies, undefined);
});

test("README's example compiles, and prints what README says", () => {
  assert.match(example(), /from 'lastkmsg'/);
  assert.is(compile('example.ts', example()), '');
  const out = run(process.execPath, [join(project, 'example.js')]);
  section('library', 'test/library/package.test.ts', `\`\`\`\n${out.trimEnd()}\n\`\`\``);
});

test('the types stand alone: they import nothing, and are those that zod infers', () => {
  assert.not.match(readFileSync(join(installed, 'dist/index.d.mts'), 'utf8'), /\bimport\b|\bzod\b|\bBuffer\b/);
  const own = JSON.stringify(resolve('src/event/event.ts'));
  const source = `
    import type * as Public from 'lastkmsg';
    import type * as Own from ${own};
    type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
    type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
    export const event: Same<Mutable<Public.Event>, Own.Event> = true;
    export const incident: Same<Mutable<Public.Incident>, Own.Incident> = true;
    export const report: Same<Mutable<Public.IncidentReport>, Own.IncidentReport> = true;
    export const kind: Same<Public.Kind, Own.Kind> = true;
    export const severity: Same<Public.Severity, Own.Severity> = true;`;
  const options = { allowImportingTsExtensions: true, noEmit: true, skipLibCheck: true };
  assert.is(compile('same.ts', source, options), '');
});

test('what a program may write, and what it may not', () => {
  const uses = `
    import { InputError, openLog, type Event, type Kind, type LogRecord } from 'lastkmsg';
    import schema from 'lastkmsg/schema.json' with { type: 'json' };
    const print = ({ uptime = 0, text }: LogRecord): void => console.log(uptime, text);
    async function* chunks(): AsyncGenerator<Uint8Array> { yield new Uint8Array(8); }
    for (const source of ['vmcore', ['a', 'b'], new Uint8Array(8), chunks()]) {
      const log = await openLog(source, { name: 'node7', form: 'journal-json' });
      const kinds = new Map<Kind, Event[]>();
      for await (const event of log.events({ raw: true })) kinds.set(event.kind, [event]);
      for await (const record of log.records()) print(record);
    }
    const offset: number | undefined = new InputError({ file: '', sought: '', found: '' }).facts.offset;
    console.log(schema.$defs.Event, offset);`;
  assert.is(compile('uses.ts', uses, { resolveJsonModule: true }), '');
  assert.match(compile('wrong.ts', "import { openLog } from 'lastkmsg';\nawait openLog('vmcore', { form: 'jurnal' });"), /TS\d+.*jurnal/s);
  assert.match(compile('wrong.ts', "import { TextReader } from 'lastkmsg/dist/index.mjs';\nexport { TextReader };"), /TS2307/);
});

test('the schema and the version are there for other programs', () => {
  const source = `
    import { readFileSync } from 'node:fs';
    import { fileURLToPath } from 'node:url';
    const of = (name) => JSON.parse(readFileSync(fileURLToPath(import.meta.resolve(name)), 'utf8'));
    console.log(of('lastkmsg/schema.json').$defs.Event.type, of('lastkmsg/package.json').name);`;
  writeFileSync(join(project, 'schema.mjs'), source);
  assert.is(run(process.execPath, ['schema.mjs'], project), 'object lastkmsg\n');
});

test('an installed lastkmsg runs: the binaries of the same tarball', () => {
  const events = run(process.execPath, [join(installed, 'dist/cli.js'), 'events', SAMPLE]);
  assert.not.match(events, '"instructions"', 'without the optional disassembler code is bytes');
  cpSync('node_modules/@alexaltea', join(project, 'node_modules/@alexaltea'), { recursive: true });
  const out = run(process.execPath, [join(installed, 'dist/cli.js'), 'events', SAMPLE]);
  assert.is(out, run(process.execPath, ['dist/cli.js', 'events', SAMPLE]));
});

test.run();
