// How CPU time and memory grow with the input: the exponent over sizes that differ by a hundred and more.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContainerOptions, contain } from '../builder/build-dump.ts';
import { withFilesAsync } from '../builder/container/file-image.ts';
import { buildImage } from '../builder/image/memory-image.ts';
import { withRam } from '../builder/machine/with-ram.ts';
import { x86_64 } from '../builder/machine/x86_64.ts';
import { oopsLog } from '../support/sample-logs.ts';
import { exponent, type Growth, growthOf, type Point } from './measure.ts';
import { oomLog } from './oom.ts';
import type { Row } from './row.ts';
import { pour, syntheticLog } from './synthetic-log.ts';

const GIB = 2 ** 30;
/** A part of each curve, for a quick look: BENCH_GROWTH=0.1 leaves out what is larger than a tenth of the largest. */
const PART = Number(process.env.BENCH_GROWTH ?? 1);
const RUNS = Number(process.env.BENCH_RUNS ?? 3);

interface Curve {
  readonly name: string;
  readonly unit: string;
  readonly sizes: readonly number[];
  measure(size: number, dir: string): Promise<Growth>;
}

/** Issue 19: an exponent of 1.05 at most, or the reason. */
export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-bench-'));
  try {
    const rows: Row[] = [];
    for (const curve of CURVES) rows.push(...(await rowsOf(curve, dir)));
    return rows;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const CURVES: readonly Curve[] = [
  ...(['elf', 'kdump'] as const).map(
    (kind): Curve => ({ name: `dmesg, ${kind} dump`, unit: 'GiB', sizes: [1, 4, 16, 64], measure: (size) => ofDump(kind, size) }),
  ),
  {
    name: 'events, log',
    unit: 'MiB',
    sizes: [1, 4, 16, 64, 256, 1024, 4096],
    measure: (size) => growthOf(['events', '-'], (to) => pour(syntheticLog(size * 2 ** 20, 0.1), to)),
  },
  {
    name: 'events, tasks of an OOM kill',
    unit: '',
    sizes: decades(100, 100_000),
    measure: (size, dir) => ofText('events', oomLog(size), dir),
  },
  { name: 'events, reports', unit: '', sizes: decades(1, 100_000), measure: (size, dir) => ofText('events', reports(size), dir) },
  { name: 'incidents, reports', unit: '', sizes: decades(1, 100_000), measure: (size, dir) => ofText('incidents', reports(size), dir) },
  { name: 'summary, reports', unit: '', sizes: decades(1, 100_000), measure: (size, dir) => ofText('--no-pager', reports(size), dir) },
  { name: 'incidents, inputs', unit: '', sizes: decades(1, 10_000), measure: ofInputs },
];

function decades(from: number, to: number): number[] {
  const sizes = [];
  for (let size = from; size <= to; size *= 10) sizes.push(size);
  return sizes;
}

async function rowsOf({ name, unit, sizes, measure }: Curve, dir: string): Promise<Row[]> {
  const points: { size: number; growth: Growth }[] = [];
  // two points at least, or there is no exponent
  for (const size of sizes.filter((each, i) => i < 2 || each <= sizes.at(-1)! * PART))
    points.push({ size, growth: await leastOf(() => measure(size, dir)) });
  const [least, most] = [points[0]!, points.at(-1)!];
  const range = `${least.size.toLocaleString('en')} to ${most.size.toLocaleString('en')} ${unit}`.trim();
  const row = (what: 'cpu' | 'memory', say: (cost: number) => string): Row => {
    const { fit, last } = grown(points.map(({ size, growth }) => ({ size, cost: growth[what] })));
    return {
      name: `${name}: ${what === 'cpu' ? 'CPU' : what}`,
      figure: fit,
      unit: 'exponent',
      floor: 1.05,
      note: `${range}: ${points.map(({ growth }) => say(growth[what])).join(', ')}${last === undefined ? '' : `; last step ${last.toFixed(2)}`}`,
    };
  };
  return [row('cpu', (s) => `${s.toFixed(s < 10 ? 2 : 1)} s`), row('memory', (mb) => `${mb.toFixed(0)} MB`)];
}

/** Of the smallest size's cost, which is the program's start: less than that cannot be told from it. */
const NOISE = 0.15;

/**
 * How what is beyond the smallest size grows: the fit over all sizes, and the step to the largest alone, where what is more than linear
 * shows first. 0 where there is nothing to be seen.
 */
function grown([first, ...others]: readonly Point[]): { fit: number; last: number | undefined } {
  const { size: least, cost: start } = first!;
  const beyond = others.map(({ size, cost }) => ({ size: size - least, cost: cost - start })).filter(({ cost }) => cost > NOISE * start);
  return { fit: exponent(beyond) ?? 0, last: exponent(beyond.slice(-2)) };
}

async function leastOf(measure: () => Promise<Growth>): Promise<Growth> {
  let best = await measure();
  // a run of minutes tells by itself
  for (let run = 1; run < RUNS && best.cpu < 20; run++) {
    const { cpu, memory } = await measure();
    best = { cpu: Math.min(best.cpu, cpu), memory: Math.min(best.memory, memory) };
  }
  return best;
}

const CALLS = Array.from({ length: 1500 }, (_, i) => ({ text: `usb 1-${i}: device descriptor read/64, error -71`, level: i % 8 }));

/** A sparse file whose ring lies anywhere in it. */
function ofDump(kind: 'elf' | 'kdump', gib: number): Promise<Growth> {
  const container: ContainerOptions =
    kind === 'elf' ? { kind, spread: true } : { kind, codecs: ['none'], zeroPages: 'store', claimFrames: (gib * GIB) / 4096, spread: 4096 };
  const machine = kind === 'elf' ? withRam(x86_64(), gib * GIB) : x86_64();
  const image = buildImage({ machine, ring: { kind: 'lockless', calls: CALLS, countBits: 11, sizeBits: 18 }, buffers: 'linear' });
  return withFilesAsync(contain(image, container), ([path]) => growthOf(['dmesg', path!]));
}

function ofText(command: string, log: string, dir: string): Promise<Growth> {
  const file = join(dir, 'log');
  writeFileSync(file, log, 'latin1');
  return growthOf([command, file]);
}

/** Oopses, each in a function of its own, and each a minute after the one before. */
function reports(count: number): string {
  const lines = oopsLog.trimEnd().split('\n').slice(5, -3);
  const texts: string[] = ['[    0.000000] Linux version 6.1.0-56-amd64 (gcc-12) #1 SMP'];
  for (let n = 0; n < count; n++) {
    for (const [i, line] of lines.entries()) {
      const text = line.slice(15).replaceAll('driver_xyz_process', `driver_xyz_${n.toString(36)}`);
      texts.push(`[${(60 * (n + 1) + i / 1000).toFixed(6).padStart(12)}] ${text}`);
    }
  }
  return `${texts.join('\n')}\n`;
}

async function ofInputs(count: number, dir: string): Promise<Growth> {
  const many = join(dir, 'many');
  mkdirSync(many);
  try {
    for (let n = 0; n < count; n++)
      writeFileSync(join(many, `${n}.log`), oopsLog.replaceAll('driver_xyz_process', `driver_xyz_${n % 100}`));
    return await growthOf(['incidents', '--format', 'fleet-json', many]);
  } finally {
    rmSync(many, { recursive: true });
  }
}
