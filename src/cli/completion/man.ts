import type { Command } from 'commander';
import { helpAfter } from '../help.ts';
import { VERSION } from '../version.ts';

/**
 * The manual page, lastkmsg(1), in roff, out of the command tree: each command with its arguments, options and examples.
 * @param dmesgHelp the help of `dmesg`, whose options the tree does not hold
 */
export function manPage(root: Command, dmesgHelp: string): string {
  const commands = root.commands.filter((each) => each.name() !== 'help');
  return `${[
    `.TH LASTKMSG 1 "" "lastkmsg ${VERSION}" "User Commands"`,
    '.SH NAME',
    `lastkmsg \\- ${escaped('the last words of a kernel: what a crash dump or a kernel log says happened')}`,
    '.SH SYNOPSIS',
    '.B lastkmsg',
    escaped('[OPTION…] [FILE…]'),
    ...commands.flatMap((each) => ['.br', `.B lastkmsg ${escaped(each.name())}`, escaped(each.usage())]),
    '.SH DESCRIPTION',
    escaped(root.description()),
    ...plainText(helpAfter('lastkmsg')),
    '.SH OPTIONS',
    ...options(root),
    '.SH COMMANDS',
    ...commands.flatMap(section(dmesgHelp)),
    '.SH EXIT STATUS',
    ...items([
      ['0', 'read whole'],
      ['1', 'usage'],
      ['2', 'no input could be read'],
      ['3', 'read with loss; what was recovered was printed'],
      ['10', 'something named by --fail-on was found; doctor: not ready; hook status: not installed'],
      ['70', 'a bug in lastkmsg'],
    ]),
    '.SH ENVIRONMENT',
    ...items([
      ['NO_COLOR', 'no colours, where it is set and not empty'],
      ['PAGER', 'shows what is longer than the terminal; less when unset'],
      ['COLUMNS', 'the width of text that goes to no terminal'],
    ]),
    '.SH SEE ALSO',
    escaped('dmesg(1), crash(8), makedumpfile(8), vmcore-dmesg(8), journalctl(1), kdump(8)'),
  ].join('\n')}\n`;
}

const section =
  (dmesgHelp: string) =>
  (command: Command): string[] => [
    `.SS "lastkmsg ${escaped(command.name())} ${escaped(command.usage())}"`,
    escaped(command.description()),
    ...(command.name() === 'dmesg' ? plainText(dmesgHelp) : [...options(command), ...plainText(helpAfter(command.name()))]),
  ];

const options = (command: Command): string[] =>
  items(command.options.filter(({ hidden }) => !hidden).map(({ flags, description }) => [flags, description] as const));

const items = (list: readonly (readonly [term: string, what: string])[]): string[] =>
  list.flatMap(([term, what]) => ['.TP', `.B ${escaped(term)}`, escaped(what)]);

/** Text whose lines stay as they are. */
const plainText = (text: string): string[] => (text.trim() === '' ? [] : ['.PP', '.nf', ...text.trim().split('\n').map(escaped), '.fi']);

/** roff takes backslashes, and dots and quotes where a line begins. */
const escaped = (text: string): string =>
  text
    .replace(/\\/g, '\\e')
    .replace(/-/g, '\\-')
    .replace(/^[.']/, '\\&$&')
    .replace(/[^\x00-\x7f]/gu, (c) => `\\[u${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
