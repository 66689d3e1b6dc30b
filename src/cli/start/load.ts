/**
 * The `lastkmsg` binary in the bundle. Loads the groups of the bundle (scripts/groups.mjs), each one file of code that is a function. They are scripts, not modules, because
 * V8 can then be handed what it compiled in an earlier run, in every node that we run on, and because the loader of ES modules takes
 * longer to start than a log takes to print.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { CodeCache } from './code-cache.ts';
import { optimiseLate } from './optimise-late.ts';

/** What a group exports: its values by name, and the namespaces of those of its files that are imported when they are needed. */
type Exports = Readonly<Record<string, unknown>>;
type Group = (
  require: NodeJS.Require,
  load: (group: string) => Exports,
  dynamic: (group: string, file: string) => Promise<unknown>,
  importModule: (specifier: string) => Promise<unknown>,
  exported: (exports: Exports) => void,
  meta: { readonly url: string },
) => void;

/** The first eight bytes of each group's SHA-256, in hex: put in by the build. */
declare const __BUILDS__: Readonly<Record<string, string>>;

const loaded = new Map<string, Exports>();
const meta = {
  get url() {
    return pathToFileURL(__filename).href;
  },
};
/** Marks what runs with the flags of optimiseLate() compiled: V8 takes it with these flags only. */
const LATE = '-late';
/** A program that imports us as a library gets none. A thread of ours does, which runs a file beside this one. */
let cache = process.argv[1] !== undefined && dirname(process.argv[1]) === __dirname ? CodeCache.ofUser(__BUILDS__, LATE) : undefined;

/** The exports of a group, which runs at its first use. */
export function load(group: string): Exports {
  const known = loaded.get(group);
  if (known !== undefined) return known;
  let own: Exports = {};
  const run = compile(group).runInThisContext() as Group;
  run(require, load, dynamic, importModule, (exports) => (own = exports), meta);
  loaded.set(group, own);
  return own;
}

/** As `import()` of one of a group's files. */
async function dynamic(group: string, file: string): Promise<unknown> {
  return load(group)[file];
}

const importModule = (specifier: string): Promise<unknown> => import(specifier);

function compile(group: string): Script {
  const filename = join(__dirname, `${group}.cjs`);
  const source = readFileSync(filename, 'utf8');
  const cachedData = cache?.read(group);
  const script = new Script(source, { filename, cachedData });
  cache?.keep(group, script, cachedData !== undefined && script.cachedDataRejected === false);
  return script;
}

/** Runs a binary: the function of that name of the group `log`, with the arguments of the process. */
export function run(binary: 'lastkmsg' | 'vmcoreDmesg'): void {
  const argv = process.argv.slice(2);
  // a log is printed before the compiler has anything to do
  const isLog = binary === 'vmcoreDmesg' || argv[0] === 'dmesg';
  if (!isLog) optimiseLate();
  cache = CodeCache.ofUser(__BUILDS__, isLog ? '' : LATE);
  (load('log')[binary] as (argv: readonly string[]) => void)(argv);
}

// ES modules take what a group exports from here too
if (require.main === module) run('lastkmsg');
