import type { MachineFacts } from '../../event/event.ts';
import { agreement, loggedTrace } from '../../machine/overview/agreement.ts';
import type { Symbols } from '../../symbols/symbols.ts';
import { type Frame, lookupAddress, type Stack } from '../../unwind/stack.ts';

/** Functions of a CPU's stack that say what it did. */
const MAX_FUNCTIONS = 8;

/** The innermost functions of a stack, as far as it is no guess. */
export const functionsOf = (symbols: Symbols, frames: readonly Frame[]): string[] =>
  frames
    .filter(({ reliable }) => reliable)
    .flatMap((frame) => symbols.at(lookupAddress(frame))?.name ?? [])
    .slice(0, MAX_FUNCTIONS);

/** Whether what runs there interrupted something: a timer or a softirq may do so over the idle task, which is not idle then. */
export const inInterrupt = (frames: readonly Frame[]): boolean => frames.some(({ kind }, i) => i > 0 && kind !== 'call');

/** Where a task sleeps: the scheduler, and what only calls it, say nothing where a caller does. */
export function asleepIn(symbols: Symbols, frames: readonly Frame[]): string[] {
  const all = functionsOf(symbols, frames);
  const first = all.findIndex((name) => !/^(?:__)?(?:io_)?schedule(?:_|$)/.test(name));
  return first < 0 ? all : all.slice(first);
}

/**
 * The stack of the task that panicked, and whether it is the one that the log has of it; nothing where it has no frame, or guesses.
 * @param isKnown whether a function's name is compared: those of modules have none where the kernel has no types
 */
export function stackFacts(
  symbols: Symbols,
  stack: Stack | undefined,
  pid: number | undefined,
  lines: () => readonly string[],
  isKnown: (name: string) => boolean = () => true,
): Pick<MachineFacts, 'stack'> {
  if (!stack || stack.frames.length === 0 || stack.frames.some(({ reliable }) => !reliable)) return {};
  const logged = pid === undefined ? undefined : loggedTrace(lines(), pid)?.filter(isKnown);
  const names = stack.frames.map((frame) =>
    [symbols.at(lookupAddress(frame))?.name, symbols.at(frame.ip)?.name].filter((name) => name !== undefined),
  );
  const compared = logged && logged.length > 0 ? agreement(names, logged) : undefined;
  return {
    stack: {
      frames: framesOf(symbols, stack),
      ...(compared && { agrees: compared.agrees }),
      ...(compared && !compared.agrees && { why: compared.why }),
    },
  };
}

/** `panic+0x2e9`, `xyz_write+0x45 [driver_xyz]`. */
function framesOf(symbols: Symbols, { frames }: Stack): string[] {
  return frames.map((frame) => {
    const at = lookupAddress(frame);
    const found = symbols.at(at);
    if (!found) return `0x${frame.ip.toString(16)}`;
    const module = found.module === undefined ? '' : ` [${found.module}]`;
    return `${found.name}+0x${(found.offset + Number(frame.ip - at)).toString(16)}${module}`;
  });
}
