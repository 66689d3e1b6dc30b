import type { Command } from 'commander';
import { warn } from '../warn.ts';
import { configFiles } from './files.ts';
import { settingsOf } from './in-force.ts';

/** Commands that obey no setting, or are run so often, or by whom, that a warning is out of place. */
const WITHOUT = new Set(['completion', 'config', 'dmesg', 'help', 'schema']);

/** Gives a command its settings as the defaults of its options. */
export function applySettings(root: Command, command: Command): void {
  if (WITHOUT.has(command.name()) || (command.name() === 'hook' && command.args[0] === 'read')) return;
  const { inForce, warnings } = settingsOf(configFiles(), process.env);
  if (!command.opts().quiet && !root.opts().quiet) for (const line of warnings) warn(line);
  for (const { setting, value, from } of inForce) {
    const { option, commands } = setting;
    const takes = commands?.includes(command.name()) ?? command.options.some((each) => each.attributeName() === option);
    if (from.kind === 'default' || !takes || command.getOptionValueSource(option) === 'cli') continue;
    command.setOptionValueWithSource(option, value, 'config');
  }
}
