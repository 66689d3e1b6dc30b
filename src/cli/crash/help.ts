import { UsageError } from '../exit.ts';
import { ABSENT } from './absent.ts';
import { COMMANDS } from './commands.ts';

/** `help`, and `help COMMAND`. @throws UsageError where there is none of that name */
export function helpText(name: string | undefined): string {
  if (name !== undefined) return helpOf(name);
  const width = COMMANDS.reduce((most, { usage }) => Math.max(most, usage.length), 0);
  return [
    ...COMMANDS.map(({ usage, about }) => `${usage.padEnd(width)}  ${about}\n`),
    `${'help [COMMAND], q'.padEnd(width)}  this; the end\n`,
    '\nBehind a command | pipes its output. A type is a command too: list_head ADDR.\n',
    `Not here: ${Object.keys(ABSENT).join(', ')}; help NAME says why, and what to use.\n`,
  ].join('');
}

function helpOf(name: string): string {
  const command = COMMANDS.find((each) => each.name === name);
  if (command) return `${command.usage}\n  ${command.about}\n`;
  const why = ABSENT[name];
  if (why === undefined) throw new UsageError(`there is no command ${name}`);
  return `${name} is not here: ${why}\n`;
}
