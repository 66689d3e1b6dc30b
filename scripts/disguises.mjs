// Reads every console of the corpus as it is and in the disguises of test/support/disguises.ts, and prints for each the share of logs in
// which the same kinds, titles and counts are found:
//
//   node scripts/disguises.mjs ../shared/corpus [--only DISGUISE] [--show] [--more] [--excerpts] [LOG…]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { register } from 'tsx/esm/api';

register();
const { DISGUISES, MORE_DISGUISES } = await import('../test/support/disguises.ts');
const { eventsOf, lost, spansOf } = await import('../test/support/disguised-events.ts');

const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const only = option('--only');
const names = args.filter((arg, i) => !arg.startsWith('--') && args[i - 1] !== '--only');
const [corpus = '../shared/corpus', ...wanted] = names;
const dir = join(corpus, 'consoles');
const files = readdirSync(dir).filter((f) => f.endsWith('.log') && (wanted.length === 0 || wanted.some((w) => f.includes(w))));
const disguises = [...DISGUISES, ...(args.includes('--more') ? MORE_DISGUISES : [])].filter(
  ({ name }) => only === undefined || name === only,
);

const whole = files.map((file) => ({ file, lines: readFileSync(join(dir, file), 'utf8').replace(/\n$/, '').split('\n') }));
// what people paste: a report and a few lines around it
const logs = args.includes('--excerpts')
  ? whole.flatMap(({ file, lines }) =>
      spansOf(lines).map(([from, to]) => ({
        file: `${file}:${from}-${to}`,
        lines: lines.slice(Math.max(0, from - 3), to + 2).map((l) => l.replace(/\r$/, '')),
      })),
    )
  : whole;
const plain = new Map(logs.map(({ file, lines }) => [file, eventsOf(lines)]));
let failed = false;
for (const { name, apply, destroys } of disguises) {
  let same = 0;
  let events = 0;
  let found = 0;
  for (const { file, lines } of logs) {
    const wanted = plain.get(file);
    const got = eventsOf(apply(lines));
    const { missing, extra } = lost(wanted, got);
    events += wanted.length;
    found += wanted.length - missing.length;
    if (missing.length + extra.length === 0) same++;
    else if (args.includes('--show'))
      console.log(`  ${name} ${file}\n    missing ${missing.join(' | ')}\n    extra   ${extra.join(' | ')}`);
  }
  const share = (100 * same) / logs.length;
  // what destroys nothing must hide nothing
  if (share < (destroys === undefined ? 100 : 97)) failed = true;
  console.log(
    `${name.padEnd(24)} ${share.toFixed(1).padStart(5)} % of ${logs.length} logs, ${((100 * found) / events).toFixed(1)} % of ${events} events${destroys ? ` (destroys ${destroys})` : ''}`,
  );
}
process.exit(failed ? 1 : 0);
