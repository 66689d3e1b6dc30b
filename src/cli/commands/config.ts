import { toPrettyJson } from '../../output/json/event-json.ts';
import { printable } from '../../output/text/printable.ts';
import { EXIT } from '../exit.ts';
import { type ConfigFile, configFiles } from '../settings/files.ts';
import { type From, type InForce, settingsOf } from '../settings/in-force.ts';
import type { Value } from '../settings/known.ts';
import { warn } from '../warn.ts';
import type { CommonOptions } from './options.ts';

export interface ConfigOptions extends CommonOptions {
  readonly json?: boolean | undefined;
  readonly utc?: boolean | undefined;
}

/**
 * `lastkmsg config`: the settings in force, and why.
 * @param given the options that stand on the command line, as commander names them
 * @returns 0, whatever is wrong with a file
 */
export function config(options: ConfigOptions, given: ReadonlySet<string>): number {
  const files = configFiles();
  const { inForce, warnings } = settingsOf(files, process.env);
  const settings = inForce.map((each) => overridden(each, options, given));
  if (options.json) process.stdout.write(`${toPrettyJson(asJson(settings, files, warnings))}\n`);
  else process.stdout.write(asText(settings, files));
  if (!options.quiet && !options.json) for (const line of warnings) warn(line);
  return EXIT.ok;
}

function overridden(each: InForce, options: ConfigOptions, given: ReadonlySet<string>): InForce {
  const { option } = each.setting;
  if (!given.has(option) || (option !== 'color' && option !== 'utc')) return each;
  return { ...each, value: options[option], from: { kind: 'option', option: `--${option}` } };
}

const asJson = (settings: readonly InForce[], files: readonly ConfigFile[], warnings: readonly string[]) => ({
  schemaVersion: 1,
  settings: settings.map(({ setting: { key, variable }, value, from }) => ({ key, value, from, variable })),
  files: files.map(({ path, state }) => ({ path, state })),
  warnings,
});

function asText(settings: readonly InForce[], files: readonly ConfigFile[]): string {
  const rows = settings.map(({ setting, value, from }) => [setting.key, printable(valueText(value)), printable(fromText(from))] as const);
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length));
  const lines = rows.map(([key, value, from]) => `${key.padEnd(width(0))}  ${value.padEnd(Math.min(40, width(1)))}  ${from}`);
  return [...lines, '', 'Files:', ...files.map(({ path, state }) => `  ${printable(path)}  ${state}`), ''].join('\n');
}

function valueText(value: Value): string {
  if (value === undefined) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : value.join(', ') || 'none';
}

function fromText(from: From): string {
  switch (from.kind) {
    case 'default':
      return 'default';
    case 'file':
      return `${from.file}:${from.line}`;
    case 'variable':
      return from.variable;
    case 'option':
      return from.option;
  }
}
