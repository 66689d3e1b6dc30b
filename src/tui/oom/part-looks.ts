import type { Role } from '../theme/roles.ts';

/** How a part of memory is told apart in bars: a pattern as well as a colour. */
export interface PartLook {
  readonly glyph: '█' | '▓' | '▒' | '░';
  readonly role: Role;
}

/** By words of the names that src/event/oom/usage.ts gives: programs' own memory, what they share, files, the kernel's, what is free. */
const LOOKS: readonly (readonly [word: RegExp, look: PartLook])[] = [
  [/anon/, { glyph: '█', role: 'memory' }],
  [/shmem|shared/, { glyph: '▓', role: 'module' }],
  [/file|cache/, { glyph: '▒', role: 'symbol' }],
  [/free$/, { glyph: '░', role: 'number' }],
  [/slab|kernel|stack|page tables|per-cpu/, { glyph: '▓', role: 'label' }],
];

export const lookOfPart = (name: string): PartLook => LOOKS.find(([word]) => word.test(name))?.[1] ?? { glyph: '░', role: 'dim' };
