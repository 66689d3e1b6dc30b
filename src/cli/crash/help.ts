import { wrap } from '../../output/text/cells.ts';
import { UsageError } from '../exit.ts';
import { ABSENT } from './absent.ts';
import { COMMANDS } from './commands.ts';

/** `help`, and `help COMMAND`. @throws UsageError where there is none of that name */
export function helpText(name: string | undefined): string {
  if (name !== undefined) return helpOf(name);
  return [
    ...COMMANDS.map(({ usage, about }) => entry(usage, about)),
    entry('help [COMMAND], q', 'this; the end'),
    '\nBehind a command | pipes its output. A type is a command too: list_head ADDR.\n',
    `${wrap(`Not here: ${[...ABSENT.keys()].join(', ')}; help NAME says why, and what to use.`, ABOUT).join('\n')}\n`,
  ].join('');
}

const USAGE = 20;
const ABOUT = 78;

/** What a command does stands beside it, or below it where that would not fit 80 columns. */
const entry = (usage: string, about: string): string =>
  usage.length <= USAGE && USAGE + 2 + about.length <= ABOUT ? `${usage.padEnd(USAGE)}  ${about}\n` : `${usage}\n${wrapped(about)}`;

const wrapped = (text: string): string =>
  wrap(text, ABOUT - 4)
    .map((line) => `    ${line}\n`)
    .join('');

function helpOf(name: string): string {
  const command = COMMANDS.find((each) => each.name === name);
  if (command) return `${command.usage}\n  ${command.about}\n`;
  const why = ABSENT.get(name);
  if (why === undefined) throw new UsageError(`there is no command ${name}`);
  return `${name} is not here: ${why}\n`;
}
