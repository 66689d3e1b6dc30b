import { didYouMean } from '../nearest.ts';
import type { ConfigFile } from './files.ts';
import { SETTINGS, type Setting, type Value } from './known.ts';
import { parseConfig } from './parse.ts';

/** Why a value is the one: the option where one is given, else the variable, the first file that has it, the default. */
export type From =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'variable'; readonly variable: string }
  | { readonly kind: 'option'; readonly option: string };

export interface InForce {
  readonly setting: Setting;
  readonly value: Value;
  readonly from: From;
}

export interface Settings {
  readonly inForce: readonly InForce[];
  /** A line each: keys that are not known, values that cannot be taken. None of them is an error. */
  readonly warnings: readonly string[];
}

/** What is set, by the variables and the files. */
export function settingsOf(files: readonly ConfigFile[], env: Readonly<Record<string, string | undefined>>): Settings {
  const warnings: string[] = [];
  const inForce = new Map<Setting, InForce>();
  const take = (setting: Setting, text: string, from: From, where: string): void => {
    if (inForce.has(setting)) return;
    try {
      inForce.set(setting, { setting, value: setting.parse(text), from });
    } catch (error) {
      warnings.push(`${where}: ${setting.key} ${(error as Error).message}; not ${text || 'nothing'}`);
    }
  };
  for (const setting of SETTINGS) {
    const { variable } = setting;
    // set and empty is not set, as NO_COLOR and XDG have it
    if (env[variable]) take(setting, env[variable], { kind: 'variable', variable }, variable);
  }
  for (const { path, state, text, trusted } of files) {
    if (state === 'unreadable') warnings.push(`${path}: cannot be read, or is not a file of settings`);
    const { lines, wrong } = parseConfig(text);
    for (const { line, why } of wrong) warnings.push(`${path}:${line}: ${why}`);
    // of one file the last line counts
    for (const { key, text: value, line } of [...lines].reverse()) {
      const setting = SETTINGS.find((each) => each.key === key);
      const where = `${path}:${line}`;
      const keys = SETTINGS.map((each) => each.key);
      if (setting === undefined) warnings.push(`${where}: there is no setting ${key}${didYouMean(key, keys)}`);
      else if (setting.trusted && !trusted) warnings.push(`${where}: ${key} is not taken from a file that others can write`);
      else take(setting, value, { kind: 'file', file: path, line }, where);
    }
  }
  const preset = (setting: Setting): InForce => ({ setting, value: setting.preset, from: { kind: 'default' } });
  return { inForce: SETTINGS.map((setting) => inForce.get(setting) ?? preset(setting)), warnings };
}
