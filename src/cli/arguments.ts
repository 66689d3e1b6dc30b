import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './exit.ts';

/** node's own parser, for commands that start without the command line library. @throws UsageError that names the option */
export function parseArguments<const T extends NonNullable<ParseArgsConfig['options']>>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/\. To specify a positional argument.*$/s, ''), { cause: error });
  }
}
