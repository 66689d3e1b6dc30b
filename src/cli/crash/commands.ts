import { BT, FOREACH } from './bt.ts';
import { orContext, SET } from './context.ts';
import { DIS } from './dis.ts';
import { fromPart } from './from-part.ts';
import { KMEM } from './kmem.ts';
import { diskLayout, irqCountLayout, irqLayout, mountLayout, netLayout } from './layout/devices.ts';
import { filesLayout, vmLayout } from './layout/files.ts';
import { swapLayout } from './layout/memory.ts';
import { timerLayout, vtopLayout } from './layout/raw.ts';
import { modLayout, sysLayout } from './layout/system.ts';
import { psLayouts, runqLayout } from './layout/tasks.ts';
import { LIST } from './list.ts';
import { LOG } from './log.ts';
import { PRINT } from './print.ts';
import { RD } from './rd.ts';
import { SEARCH } from './search.ts';
import type { CrashCommand } from './session.ts';
import { STRUCT } from './struct.ts';
import { SYM } from './sym.ts';
import { TASK } from './task.ts';

/** Whose tasks `ps` shows; the part has tasks by name and state. */
const psArguments = (args: readonly string[]): readonly string[] => args.filter((arg) => !/^-[kuG]$/.test(arg));

/** Everything that crash's prompt takes here, by name. */
export const COMMANDS: readonly CrashCommand[] = [
  fromPart('sys', { layout: sysLayout }),
  fromPart('ps', { usage: 'ps [-m] [-k|-u|-G] [PID|COMM|TASK…]', adapt: psArguments, layout: psLayouts }),
  BT,
  FOREACH,
  SET,
  TASK,
  LOG,
  KMEM,
  fromPart('mod', { usage: 'mod', adapt: () => [], layout: modLayout }),
  fromPart('files', { usage: 'files [PID]', adapt: (args, session) => orContext(args, session, 'files'), layout: filesLayout }),
  fromPart('vm', { usage: 'vm [PID]', adapt: (args, session) => orContext(args, session, 'vm'), layout: vmLayout }),
  fromPart('mount', { layout: mountLayout }),
  fromPart('irq', { layout: (rows, session, args) => (args.includes('-s') ? irqCountLayout : irqLayout)(rows, session, args) }),
  fromPart('dev', { layout: diskLayout }),
  fromPart('net', { layout: netLayout }),
  fromPart('swap', { layout: swapLayout }),
  fromPart('timer', { layout: timerLayout }),
  fromPart('runq', { layout: runqLayout }),
  fromPart('wq'),
  SYM,
  DIS,
  RD,
  STRUCT,
  LIST,
  SEARCH,
  fromPart('vtop', { usage: 'vtop ADDR [PID]', adapt: vtopArguments, layout: vtopLayout }),
  PRINT,
];

/** `vtop TASK ADDR` as people write it, too: the task is the one of the two that is known. */
function vtopArguments(args: readonly string[], { inspection }: Parameters<CrashCommand['run']>[0]): readonly string[] {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  const isTask = (text: string | undefined): boolean => text !== undefined && inspection.tasks.all.some(({ pid }) => String(pid) === text);
  if (first !== undefined && second !== undefined && isTask(first)) return [second, first];
  return [first, second].filter((arg) => arg !== undefined);
}
