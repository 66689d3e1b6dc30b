// npm run kernel-coverage -- SOURCE_DIR…: which of the messages that the kernel can print our tables know. A message is `recognised` where
// it opens a report by itself, `inside` where a report takes it, else `unknown`. Prints a table a release and writes summary.json (counts).
import { readdirSync, writeFileSync } from 'node:fs';
import type { Line } from '../../grammars/common/line.ts';
import { FAMILIES } from '../../grammars/families.ts';
import { buildClassifier } from '../../src/report/classify.ts';
import { tableOf } from '../../src/report/tables.ts';
import { type Format, formatsOf } from './formats.ts';
import { ignored } from './ignored.ts';

/** Every file that prints reports, by part of the tree (issue 13). */
const PARTS: Readonly<Record<string, RegExp>> = {
  'arch/*/{kernel,mm}': /^arch\/(?:x86|arm|arm64|powerpc|s390|riscv|mips|loongarch)\/(?:kernel|mm)\//,
  kernel: /^kernel\//,
  lib: /^lib\//,
  mm: /^mm\//,
  block: /^block\//,
  fs: /^fs\//,
  net: /^net\//,
  'drivers (storage)': /^drivers\/(?:ata|nvme|scsi|mmc|md)\//,
  'drivers (hardware)': /^drivers\/(?:edac|acpi\/apei|pci\/pcie|iommu|thermal|hwmon)\//,
  'drivers (gpu, net, usb)': /^drivers\/(?:gpu\/drm|net|usb)\//,
};

const { classify } = buildClassifier(FAMILIES);
const tables = FAMILIES.map((family) => tableOf(family));
/** Shapes of any line at all say nothing of it. */
const isTelling = (row: Line | undefined): boolean => row !== undefined && row.shape !== 'neutral' && row.shape !== 'detail';

type Verdict = 'recognised' | 'inside' | 'ignored' | 'unknown';

function verdictOf(format: Format): Verdict {
  const text = format.text.split('\n').find((line) => line.trim() !== '') ?? '';
  const head = classify(text);
  if (head !== undefined && head.form.unclaimed !== true) return 'recognised';
  if (tables.some((table) => isTelling(table(text)))) return 'inside';
  return ignored(format) === undefined ? 'unknown' : 'ignored';
}

/** The files whose functions our rows name: those that print crash reports. */
const printers = new Set(
  FAMILIES.flatMap((f) => f.lines).flatMap(({ printer }) => [...printer.matchAll(/[\w./*{},-]+\.[ch]\b/g)].map((m) => m[0])),
);
const isPrinter = (file: string): boolean => printers.has(file);

const roots = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const show = process.argv.find((a) => a.startsWith('--show='))?.slice(7);
const summary: Record<string, Record<string, Record<Verdict, number>>> = {};
for (const root of roots) {
  const release = /(\d+\.\d+)[^/]*\/?$/.exec(root)?.[1] ?? root;
  const rows: Record<string, Record<Verdict, number>> = {};
  const count = (name: string, verdict: Verdict) => {
    rows[name] ??= { recognised: 0, inside: 0, ignored: 0, unknown: 0 };
    (rows[name] as Record<Verdict, number>)[verdict]++;
  };
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((f) => /\.[ch]$/.test(f))) {
    const part = Object.entries(PARTS).find(([, pattern]) => pattern.test(file))?.[0];
    if (part === undefined || /selftest|[_-]test\.c$|\/tests?\//.test(file)) continue;
    for (const format of formatsOf(root, file)) {
      const verdict = verdictOf(format);
      count(part, verdict);
      if (!isPrinter(file)) continue;
      count('files that print crash reports', verdict);
      if (show !== undefined && verdict === show)
        console.log(`${file}:${format.line}\t${format.macro}\t${format.text.replace(/\n/g, '\\n')}`);
    }
  }
  summary[release] = rows;
}
if (show === undefined) {
  for (const [release, rows] of Object.entries(summary)) {
    console.log(`Linux ${release}`);
    for (const [part, n] of Object.entries(rows)) {
      const all = n.recognised + n.inside + n.ignored + n.unknown;
      console.log(
        `  ${part.padEnd(34)} ${String(all).padStart(6)}  recognised ${n.recognised}  inside ${n.inside}  ignored ${n.ignored}  unknown ${n.unknown}  (${((100 * (all - n.unknown)) / all).toFixed(1)} %)`,
      );
    }
  }
  writeFileSync(new URL('./summary.json', import.meta.url), `${JSON.stringify(summary, null, 2)}\n`);
}
