// npm run kernel-coverage -- SOURCE_DIR…: which of the messages that the kernel can print our tables know, see README.md.
import { writeFileSync } from 'node:fs';
import { type Counts, count, type Summary, shareKnown } from './count.ts';

const roots = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const show = process.argv.find((a) => a.startsWith('--show='))?.slice(7);
const row = process.argv.find((a) => a.startsWith('--row='))?.slice(6);
const summary: Record<string, Counts> = {};
for (const root of roots) {
  const release = /(\d+\.\d+)[^/]*\/?$/.exec(root)?.[1] ?? root;
  summary[release] = count(root, (name, verdict, format) => {
    if (verdict !== show || (row !== undefined && row !== name)) return;
    console.log(
      [`${format.file}:${format.line}`, format.macro, format.level, format.place.name, format.text.replace(/\n/g, '\\n')].join('\t'),
    );
  });
}
if (show === undefined) {
  for (const [release, rows] of Object.entries(summary as Summary)) {
    console.log(`Linux ${release}`);
    for (const [name, n] of Object.entries(rows)) {
      const all = n.recognised + n.inside + n.ignored + n.unknown;
      console.log(
        `  ${name.padEnd(34)} ${String(all).padStart(6)}  recognised ${n.recognised}  inside ${n.inside}  ignored ${n.ignored}  unknown ${n.unknown}  (${shareKnown(n).toFixed(1)} %)`,
      );
    }
  }
  writeFileSync(new URL('./summary.json', import.meta.url), `${JSON.stringify(summary, null, 2)}\n`);
}
