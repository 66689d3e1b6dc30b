// lastkmsg and the tools of the field on the same input, in turn, in the same run. What is not installed is said.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContainerOptions, contain } from '../builder/build-dump.ts';
import { withFiles } from '../builder/container/file-image.ts';
import type { RingChoice } from '../builder/image/memory-image.ts';
import { buildImage } from '../builder/image/memory-image.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import { type Cost, cost, isInstalled } from './measure.ts';
import type { Row } from './row.ts';
import { writeLog } from './synthetic-log.ts';

const MB = Number(process.env.BENCH_MB ?? 200);
const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const WORDS = 'BUG|WARNING|Oops|panic|Call [Tt]race|Out of memory|oom-kill|lockup|stall';
const CODECS = ['none', 'zlib', 'lzo', 'snappy', 'zstd'] as const;
const CALLS = Array.from({ length: 1500 }, (_, i) => ({ text: `usb 1-${i}: device descriptor read/64, error -71`, level: i % 8 }));
const ring = { kind: 'lockless', calls: CALLS, countBits: 11, sizeBits: 18 } as const;
const ours = (...args: string[]): Cost => cost(process.execPath, ['dist/cli.js', ...args]);

export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    return [...dumps(dir), ...crash(), ...(await logs(dir))];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The log of one dump, and of twenty in one process, as the peers have to be started for each. */
function dumps(dir: string): Row[] {
  const elf = built({ kind: 'elf' }, (file) => [
    beside(
      'dmesg, ELF',
      'vmcore-dmesg',
      () => ours('dmesg', file),
      () => cost('vmcore-dmesg', [file]),
    ),
  ]);
  const kdumps = CODECS.flatMap((codec) =>
    built({ kind: 'kdump', codecs: [codec], zeroPages: 'share' }, (file) => {
      const theirs = (): Cost => cost('makedumpfile', ['-f', '--dump-dmesg', file, join(dir, 'log')]);
      const many = Array.from({ length: 20 }, () => file);
      return [
        beside(`dmesg, kdump, ${codec}`, 'makedumpfile', () => ours('dmesg', file), theirs),
        beside(
          `20 of them, ${codec}`,
          'makedumpfile',
          () => ours('dmesg', ...many),
          () => sum(many.map(theirs)),
        ),
      ];
    }),
  );
  // without debuginfo crash knows no lockless ring
  const records = built(
    { kind: 'kdump' },
    (file) => [
      beside(
        'dmesg, kdump of 4.19',
        'crash',
        () => ours('dmesg', file),
        () => cost('crash', ['--log', file], [0, 1]),
      ),
    ],
    { kind: 'variable', calls: CALLS },
    '4.19.0',
  );
  return [...elf, ...kdumps, ...records];
}

const built = (container: ContainerOptions, use: (file: string) => Row[], log: RingChoice = ring, release = '6.1.0'): Row[] =>
  withFiles(contain(buildImage({ machine: x86_64({ release }), ring: log, buffers: 'linear' }), container), ([file]) => use(file!));

const sum = (costs: readonly Cost[]): Cost => ({
  wall: costs.reduce((all, { wall }) => all + wall, 0),
  cpu: costs.reduce((all, { cpu }) => all + cpu, 0),
});

const RICH = '../shared/corpus/dumps/x86_64-61-rich-stuck-disk.vmcore.d31-zlib';
/** The vmlinux with debuginfo of that dump. */
const VMLINUX = process.env.BENCH_VMLINUX ?? '';

/** What crash does once it has read 0.5 GB of debuginfo. */
function crash(): Row[] {
  return [
    ['log', ['dmesg', RICH]],
    ['ps', ['inspect', RICH, 'ps']],
    ['foreach bt', ['inspect', RICH, 'foreach', 'bt']],
  ].map(([command, args]) => {
    const name = `crash's ${command}`;
    if (!existsSync(RICH) || !existsSync(VMLINUX))
      return skipped(name, 'crash', 'BENCH_VMLINUX names no vmlinux with debuginfo of the dump');
    const script = ['-c', `printf '${command}\\nq\\n' | crash -s "$0" "$1"`, VMLINUX, RICH];
    return beside(
      name,
      'crash',
      () => ours(...(args as string[])),
      () => cost('bash', script),
    );
  });
}

/** A log of which a tenth of the lines stands in reports. */
async function logs(dir: string): Promise<Row[]> {
  const file = join(dir, 'log');
  await writeLog(file, MB * 1e6, 0.095);
  const events = (): Cost => ours('events', file);
  return [
    // piped, or grep would stop at the first match
    beside(`events, log of ${MB} MB`, 'grep', events, () => cost('bash', ['-c', `LC_ALL=C grep -cE '${WORDS}' "$0" | cat`, file])),
    beside(`events, log of ${MB} MB`, 'lnav', events, () => cost('lnav', ['-n', '-q', '-c', ';SELECT count(*) FROM all_logs', file])),
    beside(
      `dmesg, log of ${MB} MB`,
      'dmesg',
      () => ours('dmesg', file),
      () => cost('dmesg', ['-F', file]),
    ),
  ];
}

/** Times on the clock, in turn; CPU time behind them, which other programs on the machine change less. */
function beside(name: string, peer: string, mine: () => Cost, theirs: () => Cost): Row {
  if (!isInstalled(peer)) return skipped(name, peer, 'not installed');
  let own = mine();
  let other: Cost;
  try {
    other = theirs();
  } catch (error) {
    return skipped(name, peer, `${(error as Error).message}`);
  }
  for (let run = 1; run < RUNS; run++) [own, other] = [lesser(own, mine()), lesser(other, theirs())];
  return {
    name,
    figure: own.wall / other.wall,
    unit: `× ${peer}`,
    floor: undefined,
    note: `${seconds(own)}, ${peer} ${seconds(other)}`,
  };
}

const lesser = (a: Cost, b: Cost): Cost => ({ wall: Math.min(a.wall, b.wall), cpu: Math.min(a.cpu, b.cpu) });
const seconds = ({ wall, cpu }: Cost): string => `${wall.toFixed(3)} s (CPU ${cpu.toFixed(3)})`;
const skipped = (name: string, peer: string, why: string): Row => ({
  name,
  figure: Number.NaN,
  unit: `× ${peer}`,
  floor: undefined,
  note: `skipped: ${why}`,
});
