// Prints, for every file under CORPUS/sources, how the texts that lastkmsg reads compare with the truth of its case (reference.kmsg):
//
//   node scripts/compare-sources.mjs ../shared/corpus [--verbose] [PATH PART…]
//
// A form loses what its case's README says; LOSSES below names each such loss. Anything else is printed as DIFFERENT, and fails.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { register } from 'tsx/esm/api';

register();
const { openText } = await import('../src/read/inputs/text-input.ts');
const { isPstoreDirectory } = await import('../src/read/inputs/pstore-directory.ts');
const { TextReader } = await import('../src/text/reader.ts');

const args = process.argv.slice(2);
const verbose = args.includes('--verbose');
const [corpus = '../shared/corpus', ...wanted] = args.filter((a) => !a.startsWith('--'));
const root = join(corpus, 'sources');

/** What is compared: lines, without blanks around them, bytes beyond ASCII as dmesg escapes them. */
const norm = (bytes) =>
  bytes
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\xff]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
    .replace(/\s+/g, ' ')
    .trim();
const linesOf = (records) =>
  records
    .flatMap((r) => r.text.split('\n').map((text) => ({ text: norm(text), usec: r.usec, level: r.level, facility: r.facility })))
    .filter((l) => l.text !== '');

function reference(...paths) {
  return paths.flatMap((path) => {
    const reader = new TextReader({ form: path.endsWith('.kmsg') ? 'kmsg' : 'console', name: basename(path) });
    return linesOf([...reader.push(readFileSync(join(root, path))), ...reader.end()]);
  });
}

/** A later log that repeats the end of an earlier one, joined to it. */
function continued(first, second) {
  for (let n = Math.min(first.length, second.length); n > 0; n--) {
    if (
      first
        .slice(-n)
        .every((l, i) => l.text === second[i].text && (l.usec === undefined || second[i].usec === undefined || l.usec === second[i].usec))
    )
      return [...first, ...second.slice(n)];
  }
  const at = second.findIndex((l) => l.usec !== undefined && l.usec > (first.at(-1)?.usec ?? 0));
  return at < 0 ? first : [...first, ...second.slice(at)];
}

/** The truth for a file: reference.kmsg, and what the console said after it was taken. */
function truth(path) {
  const [dir, file] = [path.split('/')[0], basename(path)];
  switch (dir) {
    case 'dmesg-forms':
      return file === 'proc-kmsg.txt' ? reference('dmesg-forms/reference-after.kmsg') : reference('dmesg-forms/reference.kmsg');
    case 'rsyslog':
      return reference(file.includes('imkmsg') ? 'journald-boots/reference-boot0.kmsg' : 'journald/reference.kmsg');
    case 'journald-boots':
      return [...reference('journald/reference.kmsg'), ...reference('journald-boots/reference-boot0.kmsg')];
    case 'journald-efi-pstore':
      return continued(reference(`${dir}/reference-crash.kmsg`), reference(`${dir}/console-around-reset.log`));
    default: {
      const ref = reference(`${dir}/reference.kmsg`);
      const rest = ['console-end.log', 'console.log'].find((f) => file !== f && readdirSync(join(root, dir)).includes(f));
      return rest === undefined ? ref : continued(ref, reference(`${dir}/${rest}`));
    }
  }
}

/** Longest common subsequence by Myers' greedy method, as pairs of indices. */
function common(a, b) {
  const max = a.length + b.length;
  const trace = [];
  let v = new Map([[1, 0]]);
  for (let d = 0; d <= max; d++) {
    const next = new Map(v);
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1)) ? (v.get(k + 1) ?? 0) : (v.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) [x, y] = [x + 1, y + 1];
      next.set(k, x);
      if (x >= a.length && y >= b.length) {
        trace.push(v);
        return walk(trace, a, b, d);
      }
    }
    trace.push(v);
    v = next;
  }
  return [];
}

/** Frames repeat from report to report: a tail of a log belongs to the end of the truth, a head to its beginning. Whichever leaves fewer holes. */
function aligned(a, b) {
  const forward = common(a, b);
  const backward = common([...a].reverse(), [...b].reverse())
    .map(([i, k]) => [a.length - 1 - i, b.length - 1 - k])
    .reverse();
  const span = (pairs) => (pairs.at(-1)?.[0] ?? 0) - (pairs[0]?.[0] ?? 0);
  return span(backward) < span(forward) ? backward : forward;
}

function walk(trace, a, b, last) {
  const pairs = [];
  let [x, y] = [a.length, b.length];
  for (let d = last; d >= 0; d--) {
    const v = trace[d];
    const k = x - y;
    const down = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1));
    const [px, pk] = down ? [v.get(k + 1) ?? 0, k + 1] : [v.get(k - 1) ?? 0, k - 1];
    const py = px - pk;
    while (x > px && y > py && x > 0 && y > 0) pairs.push([--x, --y]);
    if (d > 0) [x, y] = [px, py];
  }
  return pairs.reverse();
}

/** Losses that the READMEs declare: [name, which files, does this explain a line that is missing, one that is extra]. */
const never = () => false;
const cutOf = (line, lines) =>
  lines.some((l) => l !== line && l.text.length > line.text.length && (l.text.startsWith(line.text) || l.text.endsWith(line.text)));
const LOSSES = [
  ['cut before or after', /./, (l) => l.outside, never],
  ['filtered (level, facility, pattern, priority)', /-l-err|dmesg-u|tail-dmesg-k|err-colour|grep|warning/, () => true, never],
  ['quiet: only errors, and the crash after the reference', /console-quiet/, () => true, () => true],
  ['cat: identifiers are left out', /k-cat/, (l) => l.facility !== 0, (l, c) => c.missing.some((m) => m.text.endsWith(l.text))],
  ['dumps that do not meet', /ramoops-small/, () => true, never],
  ['several pieces, the shutdown of the first boot', /json-cut/, () => true, never],
  [
    'syslog(2), console: records end at 1024 bytes',
    /proc-kmsg|busybox|dmesg-S|imklog|netconsole-basic|console/,
    (l) => l.usec !== undefined,
    (l, c) => cutOf(l, c.missing),
  ],
  [
    'console, netconsole, pstore: next text on the same line',
    /netconsole-basic|console|pstore/,
    never,
    (l, c) => c.missing.some((m) => l.text.startsWith(m.text.slice(0, 8)) || l.text.includes(m.text)),
  ],
  ['journal: blob data', /journald/, (l) => /\\x/.test(l.text), (l) => /\[\d+B blob data\]/.test(l.text)],
  ['journal: no identifier', /journald/, (l) => l.facility !== 0, (l) => /^[\w.@-]+(\[\d+\])?: /.test(l.text)],
  ['imklog: kern.log holds facility 0', /imklog/, (l) => l.facility !== 0, (l) => /^\w[\w.-]*\[\d+\]: |^appd: |^unknown/.test(l.text)],
  [
    'imkmsg: first record missing; kern.log holds facility 0',
    /imkmsg/,
    (l) => l.text.startsWith('Linux version') || l.facility !== 0,
    never,
  ],
  ['a cut first object has no time', /json/, never, (l) => l.usec === undefined],
  ['a program or firmware on the console', /console/, never, (l) => l.usec === undefined],
  ['printed after the reference was taken', /./, never, (l) => l.after],
  ['a line cut at the end of a dump', /pstore/, never, (l, c) => c.ref.some((r) => r.text.startsWith(l.text) || r.text.endsWith(l.text))],
];

/** util-linux before 2.39 prints facility | level, without the shift, for what programs wrote (dmesg -r, -J). */
const UTIL_LINUX_PRIORITY = /dmesg-r\.txt|dmesg-J/;

async function read(path) {
  const input = await openText(join(root, path));
  if (input === undefined) return undefined;
  const records = [];
  for await (const batch of input.batches) records.push(...batch);
  return { form: input.form, losses: input.losses, lines: linesOf(records) };
}

function compare(path, got) {
  const ref = truth(path);
  // equal frames stand in several reports: where the form has times, they tell which
  const timed = got.lines.filter((l) => l.usec !== undefined).length > got.lines.length * 0.8;
  const key = (l) => (timed ? `${l.usec} ${l.text}` : l.text);
  const pairs = aligned(ref.map(key), got.lines.map(key));
  const [firstRef, lastRef] = [pairs[0]?.[0] ?? 0, pairs.at(-1)?.[0] ?? -1];
  const lastGot = pairs.at(-1)?.[1] ?? -1;
  const inRef = new Set(pairs.map(([i]) => i));
  const inGot = new Set(pairs.map(([, i]) => i));
  const missing = ref.map((l, i) => ({ ...l, outside: i < firstRef || i > lastRef })).filter((_, i) => !inRef.has(i));
  const extra = got.lines.map((l, i) => ({ ...l, after: i > lastGot })).filter((_, i) => !inGot.has(i));
  const wrongTime = pairs.filter(
    ([i, k]) => got.lines[k].usec !== undefined && ref[i].usec !== undefined && got.lines[k].usec !== ref[i].usec,
  ).length;
  const wrongLevel = pairs.filter(
    ([i, k]) =>
      got.lines[k].level !== undefined &&
      ref[i].level !== undefined &&
      got.lines[k].level !== ref[i].level &&
      !(UTIL_LINUX_PRIORITY.test(path) && got.lines[k].level === (ref[i].level | ref[i].facility)),
  ).length;
  const context = { missing, extra, ref };
  const why = new Map();
  const unexplained = { missing: [], extra: [] };
  for (const [kind, list, at] of [
    ['missing', missing, 2],
    ['extra', extra, 3],
  ]) {
    for (const line of list) {
      const loss = LOSSES.find((l) => l[1].test(path) && l[at](line, context));
      if (loss === undefined) unexplained[kind].push(line);
      else why.set(`${kind}: ${loss[0]}`, (why.get(`${kind}: ${loss[0]}`) ?? 0) + 1);
    }
  }
  return { got: got.lines.length, same: pairs.length, why, unexplained, wrongTime, wrongLevel };
}

const isInput = (path) => !/README|\/(date|uptime|ls|ls-after|list-boots)(\.txt)?$|reference|console-end|pmsg|ftrace/.test(path);
function* inputs(dir) {
  for (const name of readdirSync(dir).sort()) {
    const path = join(dir, name);
    const isDirectory = statSync(path).isDirectory();
    if (isDirectory && isPstoreDirectory(path)) yield path;
    if (isDirectory) yield* inputs(path);
    else if (isInput(path)) yield path;
  }
}

let different = 0;
for (const full of inputs(root)) {
  const path = relative(root, full);
  if (wanted.length > 0 && !wanted.some((w) => path.includes(w))) continue;
  const got = await read(path);
  if (got === undefined) {
    different++;
    console.log(`NOT RECOGNISED  ${path}`);
    continue;
  }
  const result = compare(path, got);
  const bad = result.unexplained.missing.length + result.unexplained.extra.length + result.wrongTime + result.wrongLevel > 0;
  if (bad) different++;
  const notes = [...result.why].map(([name, n]) => `${n} ${name}`);
  if (result.wrongTime) notes.push(`${result.wrongTime} WRONG TIME`);
  if (result.wrongLevel) notes.push(`${result.wrongLevel} WRONG LEVEL`);
  console.log(
    `${bad ? 'DIFFERENT' : notes.length ? 'declared ' : 'equal    '} ${path} (${got.form}): ${result.same} of ${result.got} lines${notes.length ? `; ${notes.join('; ')}` : ''}${got.losses.length ? `; ${got.losses.join('; ')}` : ''}`,
  );
  const limit = verbose ? Number.POSITIVE_INFINITY : 3;
  for (const [kind, list] of Object.entries(result.unexplained))
    for (const l of list.slice(0, limit)) console.log(`      ${kind}: ${l.text.slice(0, 140)}`);
}
console.log(different === 0 ? 'all forms equal but for what they declare' : `${different} differ`);
process.exit(different === 0 ? 0 : 1);
