import type { Inspection } from '../../machine/inspection.ts';
import type { Answer, Part } from './part.ts';

/** Asks one thing; what could not be read is counted from here on. @throws UsageError */
export function ask(inspection: Inspection, part: Part, args: readonly string[]): Answer {
  inspection.kernel.losses.clear();
  return part.answer(inspection, args);
}
