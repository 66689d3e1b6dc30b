import type { Fault } from '../event.ts';
import type { Said } from '../facts/said.ts';

type Access = NonNullable<Fault['access']>;

/** `Read`, `write`, `instruction fetch`, `execute from non-executable memory` → how memory was accessed; undefined for other words. */
export function accessOf(words: Said<string> | undefined): Said<Access> | undefined {
  const access = words === undefined ? undefined : ACCESS.find(([word]) => word.test(words.value))?.[1];
  return access === undefined ? undefined : words?.map(() => access);
}

const ACCESS: readonly (readonly [RegExp, Access])[] = [
  [/\bwrite\b/i, 'write'],
  [/\bread\b(?!-only)/i, 'read'],
  [/\bexecut|\binstruction\b/i, 'execute'],
];
