import type { Btf } from './btf.ts';
import { KIND } from './btf-kinds.ts';

/** Declarations nest; those of a damaged BTF may nest in themselves. */
const MAX_DEPTH = 16;

const KEYWORDS: Readonly<Record<number, string>> = {
  [KIND.struct]: 'struct',
  [KIND.union]: 'union',
  [KIND.enum]: 'enum',
  [KIND.enum64]: 'enum',
  [KIND.const]: 'const',
  [KIND.volatile]: 'volatile',
};

/** A type as C writes it before the name of a member; an array's bounds come last. */
export function describeType(btf: Btf, id: number, depth = 0): string {
  if (id === 0) return 'void';
  if (depth > MAX_DEPTH) return '…';
  const kind = btf.kind(id);
  const inner = (): string => describeType(btf, btf.sizeOrType(id), depth + 1);
  switch (kind) {
    case KIND.pointer:
      return `${inner()} *`.replace('* *', '**');
    case KIND.array:
      return `${describeType(btf, btf.extra(id, 0), depth + 1)} [${btf.extra(id, 2)}]`;
    case KIND.const:
    case KIND.volatile:
      return `${KEYWORDS[kind]} ${inner()}`;
    case KIND.restrict:
    case KIND.typeTag:
      return inner();
    case KIND.funcProto:
      return `${inner()} (*)()`;
    case KIND.forward:
      return `${btf.flag(id) ? 'union' : 'struct'} ${btf.name(id)}`;
    default: {
      const name = btf.name(id) || '{…}';
      const keyword = KEYWORDS[kind];
      return keyword === undefined ? name : `${keyword} ${name}`;
    }
  }
}
