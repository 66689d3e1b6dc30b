import { printable } from '../../output/text/printable.ts';
import { type Line, span } from '../line/line.ts';
import type { EventContext } from './tab.ts';

const TOOLS = ['crash', 'drgn', 'gdb', 'shell'] as const;

/** What to type next, a line for each tool: commands carry this pid, symbol, module. `[Related]` has all with their reasons. */
export function nextStepLines({ incident, source, event }: EventContext, most: number): Line[] {
  // an OOM is explained from its own numbers, and its tables need the room
  if (incident === undefined || most === 0 || event.oom !== undefined) return [];
  const steps = TOOLS.flatMap((tool): Line[] => {
    const commands = incident.nextSteps.filter((step) => step.tool === tool).map(({ command }) => printable(command));
    return commands.length === 0 ? [] : [[' ', span(tool.padEnd(6), 'label'), ' ', commands.join(' · ')]];
  });
  if (steps.length === 0) return [];
  const buildId = source.info?.kernel?.buildId;
  const head: Line = [
    span(
      ` Next steps for ${incident.id}${buildId === undefined ? '' : ` (need vmlinux with debug info; build-id ${buildId.slice(0, 12)}…)`}`,
      'dim',
    ),
  ];
  return most > 2 ? [head, ...steps].slice(0, most) : steps.slice(0, most);
}
