// Which files are measured, and what each is part of.
import { SHARED } from '../../grammars/call-trace/lines.ts';
import type { Line } from '../../grammars/common/line.ts';
import { FAMILIES } from '../../grammars/families.ts';

/** Every part of the tree that prints reports (issue 13). */
export const PARTS: Readonly<Record<string, RegExp>> = {
  'arch/*/{kernel,mm}': /^arch\/[^/]+\/(?:kernel|mm)\//,
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

/** Those that distributions are built for; the others (alpha, arc, csky, m68k, sparc, …) are counted with their part of the tree alone. */
const ARCHITECTURES = 'arm|arm64|loongarch|mips|powerpc|riscv|s390|x86';
/** Where the kernel itself reports: architectures, core, library, memory, the core of file systems. */
const CORE = new RegExp(`^(?:arch/(?:${ARCHITECTURES})/(?:kernel|mm|lib)|kernel|lib|mm|init)/|^fs/[^/]+$`);
/** Families whose reports say that the kernel or a task of it is in trouble; the others are hardware's and file systems'. */
const CRASH = ['oops', 'bug', 'panic', 'sanitizer', 'slub', 'memory', 'leak', 'lock', 'stall', 'oom', 'interrupt'];
const OTHER = /selftest|kunit|[_-]tests?\.[ch]$|\/tests?\/|^lib\/test_/;

export const partOf = (file: string): string | undefined =>
  OTHER.test(file) ? undefined : Object.entries(PARTS).find(([, pattern]) => pattern.test(file))?.[0];

const named = (rows: readonly Line[]): string[] => rows.flatMap(({ printer, releases = '' }) => [`${printer} ${releases}`]);
const crashRows = [...SHARED, ...FAMILIES.filter((f) => CRASH.includes(f.name)).flatMap((f) => f.lines)];
const hardwareRows = FAMILIES.filter((f) => !CRASH.includes(f.name)).flatMap((f) => f.lines);

/** `kernel/panic.c`, `arch/*{}/kernel/smp.c`, `fs/{a,b}/c.c`, as patterns of paths. */
const filesIn = (texts: readonly string[]): RegExp =>
  new RegExp(
    `^(?:${[...new Set(texts.flatMap((t) => [...t.matchAll(/[\w./*{},-]+\.[chS]\b/g)].map((m) => m[0])))]
      .map((path) =>
        path
          .replace(/[.+]/g, '\\$&')
          .replace(/\*/g, '[^/]*')
          .replace(/\{([^}]*)\}/g, (_all, names: string) => `(?:${names.replaceAll(',', '|')})`),
      )
      .join('|')})$`,
  );

const crashFiles = filesIn(named(crashRows));
const crashFunctions = new Set([
  ...crashRows.map(({ name }) => name),
  ...named(crashRows).flatMap((text) => [...text.matchAll(/\b(\w+)\(\)/g)].map((m) => m[1] as string)),
]);
const hardwareFiles = filesIn(named(hardwareRows));

/** A file of the kernel's core that a row of a crash family names, or that has a function which one names, in any release. */
export const printsCrashReports = (file: string, functions: readonly string[]): boolean =>
  CORE.test(file) && !OTHER.test(file) && (crashFiles.test(file) || functions.some((name) => crashFunctions.has(name)));

/** A file that a row of the hardware, file system and program families names. */
export const printsHardwareReports = (file: string): boolean => !OTHER.test(file) && hardwareFiles.test(file);
