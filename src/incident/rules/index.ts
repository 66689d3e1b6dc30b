import type { Clue, Rule } from '../rule.ts';
import { BUS_RULES } from './buses.ts';
import { DEVICE_RULES, OUTSIDE_RULES } from './devices.ts';
import { LOCK_RULES } from './locks.ts';
import { MEMORY_RULES } from './memory.ts';
import { MODULE_CLUES } from './modules.ts';
import { NEIGHBOUR_RULES } from './neighbours.ts';
import { OOPS_RULES } from './oops.ts';
import { PANIC_RULES } from './panic.ts';
import { PART_RULES } from './parts.ts';
import { REPEAT_RULES } from './repeats.ts';
import { STORAGE_RULES } from './storage.ts';

/** Every rule of correlation. A new one is an entry in one of these tables, with a test. */
export const RULES: readonly Rule[] = [
  ...REPEAT_RULES,
  ...PANIC_RULES,
  ...OOPS_RULES,
  ...LOCK_RULES,
  ...MEMORY_RULES,
  ...DEVICE_RULES,
  ...PART_RULES,
  ...BUS_RULES,
  ...NEIGHBOUR_RULES,
  ...STORAGE_RULES,
  ...OUTSIDE_RULES,
];

/** Every clue, in order: the first that finds something counts. */
export const CLUES: readonly Clue[] = MODULE_CLUES;
