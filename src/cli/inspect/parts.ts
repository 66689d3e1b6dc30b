import type { Part } from './part.ts';
import { FILE_PARTS } from './parts-files.ts';
import { RAW_PARTS } from './parts-raw.ts';
import { SYSTEM_PARTS } from './parts-system.ts';
import { PS_PART, STUCK_PART } from './parts-tasks.ts';
import { WORK_PARTS } from './parts-work.ts';

/** Everything that can be asked, in the order of `--help`. */
export const PARTS: readonly Part[] = [PS_PART, STUCK_PART, ...SYSTEM_PARTS, ...FILE_PARTS, ...WORK_PARTS, ...RAW_PARTS];
