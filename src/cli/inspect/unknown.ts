import type { KernelContext } from '../../kernel/context.ts';
import { type SlabHoles, slabHoles } from '../../machine/memory/holes.ts';
import type { Answer, Row } from './part.ts';

/** What an answer could not say, and why. */
export interface Unknown {
  readonly what: string;
  readonly reason: string;
}

const WHY: ReadonlyMap<string, string> = new Map(
  Object.entries({
    excluded: 'left out of the dump',
    missing: 'missing in the dump',
    damaged: 'damaged in the dump',
    unmapped: 'mapped by no page table of the dump',
  }),
);

/** Fields that rows lack, lists that ended early, what was said with the answer. */
export function unknownOf(answer: Answer, { losses }: KernelContext): Unknown[] {
  const counts = new Map<string, number>();
  for (const row of answer.rows as readonly Row[]) {
    for (const field of (row.unknown as readonly string[] | undefined) ?? []) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  const reason = reasonOf(losses);
  return [
    ...[...counts].map(([field, n]) => ({ what: `${field} of ${n} ${n === 1 ? 'row' : 'rows'}`, reason })),
    ...[...losses.stops].map((stop) => ({ what: 'what follows on a list', reason: stop })),
    ...(answer.unknown ?? []),
  ];
}

function reasonOf({ pages, members }: KernelContext['losses']): string {
  const reasons = [...pages].map(
    ([state, set]) =>
      `${set.size} ${set.size === 1 ? 'page' : 'pages'} with it ${set.size === 1 ? 'is' : 'are'} ${WHY.get(state) ?? state}`,
  );
  const some = [...members].slice(0, 8);
  if (some.length > 0) reasons.push(`this kernel has no ${some.join(', ')}`);
  return reasons.join('; ') || 'it is not in the dump';
}

/** What of memory the dump does not have. */
export interface Holes {
  /** makedumpfile -d. */
  readonly dumpLevel?: number | undefined;
  /** Pages that this answer needed and did not get. */
  readonly pagesLacking: number;
  /** Slabs that should be there; looked for where something was lacking. */
  readonly slabs?: SlabHoles | undefined;
}

export function holesOf(kernel: KernelContext, isLacking: boolean): Holes {
  const pages = [...kernel.losses.pages.values()].reduce((sum, { size }) => sum + size, 0);
  return { dumpLevel: kernel.kernel.dump.details.dumpLevel, pagesLacking: pages, slabs: isLacking ? slabHoles(kernel) : undefined };
}
