import type { Part } from './part.ts';
import { SYSTEM_PARTS } from './parts-system.ts';
import { PS_PART } from './parts-tasks.ts';

/** Everything that can be asked, in the order of `--help`. */
export const PARTS: readonly Part[] = [...SYSTEM_PARTS, PS_PART];
