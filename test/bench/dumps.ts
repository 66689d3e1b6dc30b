// `lastkmsg dmesg` on dumps: start-up against bare node, many dumps against makedumpfile, memory and bytes read on 64 GiB.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContainerOptions, contain } from '../builder/build-dump.ts';
import { withFilesAsync } from '../builder/container/file-image.ts';
import { buildImage } from '../builder/image/memory-image.ts';
import { withRam } from '../builder/machine/with-ram.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import { type Meter, readBuilt } from '../support/read-built.ts';
import type { Row } from './row.ts';

const GIB = 2 ** 30;
const CALLS = Array.from({ length: 1500 }, (_, i) => ({
  text: `usb 1-${i}: device descriptor read/64, error -71`,
  level: i % 8,
  caller: { task: i },
}));

/** Issue 2's promises. */
export async function bench(): Promise<Row[]> {
  return [...speed(), ...(await hugeDump('ELF', { kind: 'elf', spread: true })), ...(await hugeDump('kdump', HUGE_KDUMP))];
}

const HUGE_KDUMP: ContainerOptions = { kind: 'kdump', codecs: ['none'], zeroPages: 'store', claimFrames: (64 * GIB) / 4096, spread: 4096 };
const ring = { kind: 'lockless', calls: CALLS, countBits: 11, sizeBits: 18 } as const;

/** A whole dump where the corpus is at hand, else its trimmed form: the log needs the same pages of both. */
const WHOLE = '../shared/corpus/dumps/x86_64-6.1-proc-vmcore-odd-records.vmcore.d31-zlib';
const TRIMMED = 'samples/x86_64-6.1-odd-records/vmcore';

function speed(): Row[] {
  const dump = existsSync(WHOLE) ? WHOLE : TRIMMED;
  const size = `a zlib dump of ${(statSync(dump).size / 1e6).toFixed(1)} MB`;
  const node = best(15, () => run(process.execPath, ['-e', '0']));
  const dmesg = best(15, () => run(process.execPath, ['dist/cli.js', 'dmesg', dump]));
  const ours = run(process.execPath, ['dist/cli.js', 'dmesg', ...Array<string>(100).fill(dump)]);
  const theirs = makedumpfileSeconds(dump);
  return [
    {
      name: 'dmesg on a kdump dump',
      figure: dmesg / node,
      unit: '× bare node',
      floor: 1.4,
      note: `${size}: ${ms(dmesg)}, node -e 0 ${ms(node)}`,
    },
    {
      name: '100 dumps in one process',
      figure: theirs === undefined ? Number.NaN : ours / theirs,
      unit: '× makedumpfile',
      floor: 1,
      note:
        theirs === undefined
          ? `${ms(ours)}; makedumpfile is not installed`
          : `${ms(ours)}, 100 runs of makedumpfile --dump-dmesg ${ms(theirs)}`,
    },
  ];
}

function makedumpfileSeconds(path: string): number | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    const start = process.hrtime.bigint();
    for (let i = 0; i < 100; i++) {
      if (spawnSync('makedumpfile', ['-f', '--dump-dmesg', path, join(dir, 'log')]).status !== 0) return undefined;
    }
    return seconds(start);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Peak memory of the process and bytes read from the file, whatever the dump's size. */
async function hugeDump(name: string, container: ContainerOptions): Promise<Row[]> {
  const machine = container.kind === 'elf' ? withRam(x86_64(), 64 * GIB) : x86_64();
  const files = contain(buildImage({ machine, ring, buffers: 'linear' }), container);
  return withFilesAsync(files, async ([path]) => {
    const report = 'data:text/javascript,process.on("exit",()=>process.stderr.write("maxrss "+process.resourceUsage().maxRSS))';
    const { stderr } = spawnSync(process.execPath, ['--import', report, 'dist/cli.js', 'dmesg', path!], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const kb = Number(/maxrss (\d+)/.exec(stderr)?.[1]);
    const meter: Meter = { bytes: 0, reads: 0 };
    await readBuilt(files, meter);
    return [
      { name: `peak memory, ${name} of 64 GiB`, figure: kb / 1024, unit: 'MB', floor: 120, note: 'whole process' },
      { name: `bytes read, ${name} of 64 GiB`, figure: meter.bytes / 2 ** 20, unit: 'MiB', floor: undefined, note: `${meter.reads} reads` },
    ];
  });
}

const seconds = (start: bigint): number => Number(process.hrtime.bigint() - start) / 1e9;
const ms = (s: number): string => `${(s * 1000).toFixed(0)} ms`;
const best = (times: number, measure: () => number): number => Math.min(...Array.from({ length: times }, measure));

function run(program: string, args: readonly string[]): number {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} ended with ${status}: ${String(stderr)}`);
  return seconds(start);
}
