import type { KnownMemory } from '../../memory/known.ts';

/** Where a list of any type goes. */
export interface ListWalk {
  /** Structures, from where each links to the next. */
  readonly addresses: readonly bigint[];
  /** Why it ended otherwise than at NULL, at its start or at the end asked for. */
  readonly broken?: string | undefined;
}

export interface ListFrom {
  readonly start: bigint;
  /** Of the pointer to the next within each structure, bytes. */
  readonly offset: number;
  /** Pointers lead to the next structure's pointer (list_head), not to where that structure begins. */
  readonly isEmbedded: boolean;
  /** The start is a head that belongs to no structure: it is not listed. */
  readonly isHead: boolean;
  /** The previous pointer instead, a word behind. */
  readonly isBackwards: boolean;
  readonly end?: bigint | undefined;
  readonly most: number;
}

/** Follows the pointers of a list till NULL, its start, an end, or what is not in the dump; a list that never comes round is stopped. */
export function walkList(memory: KnownMemory, from: ListFrom): ListWalk {
  const { start, isHead, isEmbedded, end } = from;
  const offset = BigInt(from.offset);
  const link = BigInt(from.isBackwards ? memory.wordSize : 0);
  const mask = memory.wordSize === 8 ? 64 : 32;
  /** What a pointer of the list is compared with: where the first link is. */
  const first = isHead ? start : isEmbedded ? start + offset : start;
  const seen = new Set<bigint>();
  const addresses: bigint[] = [];
  for (let at = isHead ? undefined : first; ; ) {
    if (at !== undefined) {
      if (seen.has(at)) return { addresses, broken: `it loops back to ${at.toString(16)}` };
      if (addresses.length >= from.most) return { addresses, broken: `it goes on after ${addresses.length}` };
      seen.add(at);
      const structure = BigInt.asUintN(mask, isEmbedded ? at - offset : at);
      if (structure === end) return { addresses };
      addresses.push(structure);
    }
    const linkAt: bigint = at === undefined ? first : isEmbedded ? at : at + offset;
    const next: bigint | undefined = memory.word(linkAt + link);
    if (next === undefined) return { addresses, broken: `${linkAt.toString(16)} is not in the dump` };
    if (next === 0n || next === first || next === end) return { addresses };
    at = next;
  }
}
