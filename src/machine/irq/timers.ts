import type { KernelContext } from '../../kernel/context.ts';
import { chain } from '../../kernel/list.ts';
import { hex, type Known, row } from '../row.ts';
import { symbolText } from '../symbol-text.ts';

/** A row of `timer`. */
export interface TimerRow {
  readonly cpu: number;
  /** Of the CPU's timer wheels. */
  readonly base: number;
  /** In ticks. */
  readonly expires: number;
  /** Ticks till it expires; negative where it is late. */
  readonly ticksLeft: number;
  readonly timer: string;
  readonly function: string;
}

/** BASE_STD and BASE_DEF; since 6.9 (83a665dc99a7) BASE_LOCAL, BASE_GLOBAL, BASE_DEF, which BTF says. */
const BASES_BEFORE_BTF = 2;

export function timerRows(kernel: KernelContext): Known<TimerRow>[] {
  const { types, symbols, cpus } = kernel;
  const variable = symbols.address('timer_bases');
  const size = types.size('timer_base');
  if (variable === undefined || size === undefined) return [];
  const declared = types.variableType('timer_bases');
  const count = Math.min((declared === undefined ? undefined : types.member(declared, '')?.length) ?? BASES_BEFORE_BTF, 8);
  const jiffies = kernel.word('jiffies_64') ?? kernel.word('jiffies');
  const now = jiffies === undefined ? undefined : Number(jiffies);
  const rows: Known<TimerRow>[] = [];
  for (const cpu of cpus.present) {
    const first = cpus.address(variable, cpu);
    if (first === undefined) continue;
    for (let base = 0; base < count; base++)
      for (const row of baseRows(kernel, first + BigInt(base * size), cpu, base, now)) rows.push(row);
  }
  return rows;
}

function* baseRows(kernel: KernelContext, at: bigint, cpu: number, index: number, now: number | undefined): Generator<Known<TimerRow>> {
  const base = kernel.struct('timer_base', at);
  const buckets = base.member('vectors')?.length ?? 0;
  const rows: Known<TimerRow>[] = [];
  for (let i = 0; i < buckets; i++) {
    for (const timer of chain(kernel, base.ptr(`vectors[${i}].first`), { what: 'a list of timers', type: 'timer_list', member: 'entry' })) {
      const expires = timer.num('expires');
      const handler = timer.ptr('function');
      rows.push(
        row<TimerRow>({
          cpu,
          base: index,
          expires,
          ticksLeft: expires === undefined || now === undefined ? undefined : expires - now,
          timer: hex(timer.address),
          function: handler === undefined ? undefined : symbolText(kernel, handler),
        }),
      );
    }
  }
  yield* rows.sort((a, b) => (a.expires ?? Infinity) - (b.expires ?? Infinity));
}
