import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import { ABSENT } from './absent.ts';
import { COMMANDS } from './commands.ts';
import { helpText } from './help.ts';
import type { CrashCommand, CrashSession } from './session.ts';
import { STRUCT } from './struct.ts';

/** Output of a command's words. @throws UsageError where there is no such command, or it does not know its arguments */
export async function runCommandWords(session: CrashSession, [name = '', ...args]: readonly string[]): Promise<string> {
  if (name === 'help' || name === '?') return helpText(args[0]);
  const command = commandNamed(name);
  if (command) return command.run(session, args);
  // crash takes a type for a command, and so `list_head ADDR`
  const isType = session.hasTypes && session.inspection.kernel.types.idOf(name.split('.')[0] ?? '') !== undefined;
  if (isType) return STRUCT.run(session, [name, ...args]);
  const why = ABSENT.get(name);
  if (why !== undefined) throw new UsageError(`${name} is not here: ${why}`);
  throw new UsageError(`there is no command ${printable(name)}: help lists them`);
}

const ALIASES: ReadonlyMap<string, string> = new Map(Object.entries({ '*': 'struct', dmesg: 'log' }));

const commandNamed = (name: string): CrashCommand | undefined => COMMANDS.find((each) => each.name === (ALIASES.get(name) ?? name));
