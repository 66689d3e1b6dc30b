// Writes dist/index.d.mts, the types of the library in one file that imports nothing: what tsc declares of src/index.ts, of that only
// what its exports lead to, and the types of events out of dist/schema.json in the place of those inferred by zod. Bundlers of
// declarations would inline zod's own types, and need an older TypeScript beside ours. It takes tsc's second: at `npm pack` and in a test.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { typesOf } from './schema-types.mjs';

const DOOR = 'src/index';
const EVENTS = 'src/event/event';

const declared = mkdtempSync(join(tmpdir(), 'lastkmsg-types-'));
try {
  declare(declared);
  const text = bundle();
  writeFileSync('dist/index.d.mts.tmp', text);
  renameSync('dist/index.d.mts.tmp', 'dist/index.d.mts');
} finally {
  rmSync(declared, { recursive: true, force: true });
}

/** Runs tsc over the door and all that it imports. */
function declare(outDir) {
  const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir, rootDir: resolve('.') };
  const types = { types: ['node'], typeRoots: [resolve('node_modules/@types')] };
  const project = join(outDir, 'tsconfig.json');
  const config = {
    extends: resolve('tsconfig.json'),
    compilerOptions: { ...compilerOptions, ...types },
    files: [resolve(`${DOOR}.ts`)],
    include: [],
  };
  writeFileSync(project, JSON.stringify(config));
  const { status, stdout } = spawnSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', project], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tsc: ${stdout}`);
}

/** One file's declarations by name, and where the names that it imports are declared. */
function moduleOf(path) {
  const own = new Map();
  const from = new Map();
  if (path === EVENTS) {
    for (const [name, text] of typesOf(JSON.parse(readFileSync('dist/schema.json', 'utf8')))) own.set(name, text);
    own.set('Kind', "type Kind = Event['kind'];");
    own.set('Severity', "type Severity = Event['severity'];");
    own.set('MachineFacts', 'type MachineFacts = Machine;');
    return { own, from };
  }
  // tsc begins each statement, and the comment before it, in the first column
  const statements = readFileSync(join(declared, `${path}.d.ts`), 'utf8').split(/^(?=\/\*\*|export |import |declare |interface |type )/m);
  let comment = '';
  for (const statement of statements) {
    if (statement.startsWith('/**')) {
      comment = statement;
      continue;
    }
    const linked = /^(?:import|export) (?:type )?\{(.*)\} from '(\..*)\.ts';/s.exec(statement);
    for (const name of linked?.[1].split(',') ?? [])
      from.set(name.replace(/^\s*type /, '').trim(), relative('.', resolve(dirname(path), linked[2])));
    const name = /^(?:export )?(?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/.exec(statement)?.[1];
    if (name !== undefined) own.set(name, comment + narrow(statement.replace(/^export /, '').trimEnd()));
    comment = '';
  }
  return { own, from };
}

/** Everything that the door exports leads to, each declared once. */
function bundle() {
  const modules = new Map();
  const load = (path) => modules.get(path) ?? modules.set(path, moduleOf(path)).get(path);
  const door = load(DOOR);
  const found = new Map();
  const visit = (path, name) => {
    const { own, from } = load(path);
    if (from.has(name)) return visit(from.get(name), name);
    const text = own.get(name);
    if (text === undefined) return;
    const known = found.get(name);
    if (known !== undefined && known.path !== path) throw new Error(`${path} and ${known.path} both declare ${name}`);
    if (known !== undefined) return;
    found.set(name, { path, text });
    for (const [word] of text.replace(/\/\*\*.*?\*\//gs, '').matchAll(/\b[A-Za-z_]\w*\b/g)) if (word !== name) visit(path, word);
  };
  for (const name of door.from.keys()) visit(DOOR, name);
  const head = readFileSync(`${DOOR}.ts`, 'utf8').match(/^\/\*\*.*?\*\/\n/s)[0];
  const declarations = [...found].map(([name, { text }]) => withExport(text, door.from.has(name)));
  // without it a file of declarations exports all of them
  return `${head}\n${declarations.join('\n\n')}\n\nexport {};\n`;
}

function withExport(text, isExported) {
  const declaration = text.search(/^(?:declare|interface|type) /m);
  const [comment, rest] = [text.slice(0, declaration), text.slice(declaration)];
  return `${comment}${isExported ? 'export ' : ''}${rest}`;
}

/** tsc indents by four. */
function narrow(text) {
  return text.replace(/^(?: {4})+/gm, (blanks) => ' '.repeat(blanks.length / 2));
}
