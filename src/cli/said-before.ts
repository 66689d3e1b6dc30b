// Options that stand before the name of a command: `lastkmsg --quiet events`.
import type { Command } from 'commander';
import type { Deadline } from '../dump/open/deadline.ts';
import { UsageError } from './exit.ts';

/** A command's options, with what was said before its name (`lastkmsg --quiet events`) unless it was said again. */
export function merged<T>(command: Command): T {
  const said = Object.entries(command.parent?.opts() ?? {}).filter(
    ([name]) => command.parent?.getOptionValueSource(name) === 'cli' && command.getOptionValueSource(name) !== 'cli',
  );
  return { ...command.opts(), ...Object.fromEntries(said) } as T;
}

/** An option before the name of a command that does not have it would be passed over. @throws UsageError */
export function refuseForeign(root: Command, command: Command): void {
  const foreign = root.options.find(
    (option) =>
      root.getOptionValueSource(option.attributeName()) === 'cli' &&
      !command.options.some((own) => own.attributeName() === option.attributeName()),
  );
  // of those without options dmesg parses them itself, the others print what no option changes
  if (command !== root && command.options.length > 0 && foreign !== undefined)
    throw new UsageError(`${command.name()} takes no ${foreign.long}`);
}

/** The options that stand before the command's name, as it would be given them behind it. */
export function saidBefore(root: Command): string[] {
  return root.options
    .filter((option) => root.getOptionValueSource(option.attributeName()) === 'cli')
    .map((option) => {
      const value: unknown = root.getOptionValue(option.attributeName());
      if (option.attributeName() === 'maxTime') return `${option.long}=${(value as Deadline).seconds}`;
      return typeof value === 'string' ? `${option.long}=${value}` : `${option.long}`;
    });
}
