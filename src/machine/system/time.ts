import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';

/** Seconds since 1970 and since boot, by the kernel's own clocks when it stopped. */
export interface KernelTime {
  readonly now: number | undefined;
  /** By the clock, suspension left out. */
  readonly uptime: number | undefined;
  /** By ticks, as crash counts. */
  readonly tickUptime: number | undefined;
  readonly hz: number | undefined;
}

export function kernelTime(kernel: KernelContext): KernelTime {
  const timekeeper = timekeeperOf(kernel);
  const now = timekeeper?.num('xtime_sec');
  const uptime = timekeeper?.num('ktime_sec');
  const jiffies = jiffiesOf(kernel);
  const hz = jiffies === undefined ? undefined : hzOf(kernel, jiffies, uptime);
  return { now, uptime, hz, tickUptime: jiffies === undefined || hz === undefined ? undefined : ticks(jiffies, hz) / hz };
}

/** Where the timekeeper is moved twice. */
function timekeeperOf(kernel: KernelContext): Struct | undefined {
  const { types, symbols } = kernel;
  const within = types.member('tk_data', 'timekeeper')?.offset;
  // 6.17 (22c62b9a84b8): an array of tk_data, the first for the system
  const data = symbols.address('timekeeper_data') ?? symbols.address('tk_core');
  if (data === undefined) return undefined;
  // up to 6.12 tk_core is an anonymous structure of a seqcount and the timekeeper, which is aligned to a cache line of 8 bytes
  return kernel.struct('timekeeper', data + BigInt(within ?? 8));
}

function jiffiesOf(kernel: KernelContext): bigint | undefined {
  const at = kernel.symbols.address('jiffies_64');
  const bytes = at === undefined ? undefined : kernel.memory.bytes(at, 8);
  return bytes && kernel.memory.reader.u64(bytes, 0);
}

/** What CONFIG_HZ may be. */
const RATES = [100, 250, 300, 1000];
/** Two clocks of one machine agree within a second. */
const TOLERANCE = 1.5;

/** tick_nsec is gone in 7.2: then the rate under which ticks agree with the clock. */
function hzOf(kernel: KernelContext, jiffies: bigint, uptime: number | undefined): number | undefined {
  const tick = kernel.word('tick_nsec');
  if (tick !== undefined && tick > 0n) return Math.round(1e9 / Number(tick));
  return RATES.find((hz) => uptime !== undefined && Math.abs(ticks(jiffies, hz) / hz - uptime) < TOLERANCE);
}

/** jiffies start 5 minutes before they wrap (INITIAL_JIFFIES), in the lower 32 bits. */
const ticks = (jiffies: bigint, hz: number): number => Number(jiffies - BigInt((2 ** 32 - 300 * hz) % 2 ** 32));
