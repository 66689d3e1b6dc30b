import { peerFormat } from '../../output/dmesg/formats.ts';
import { UsageError } from '../exit.ts';
import type { CrashCommand } from './session.ts';

/** crash's own formats of the log, by its option. */
const FORMATS = { '': 'crash', '-m': 'crash-m', '-t': 'crash-t', '-d': 'crash-d', '-c': 'crash-c' } as const;

export const LOG: CrashCommand = {
  name: 'log',
  usage: 'log [-m|-t|-d|-c]',
  about: 'the kernel log; -m with levels, -t without times, -d as a dictionary, -c with callers',
  run({ dump }, args) {
    const option = args[0] ?? '';
    if (args.length > 1 || !Object.hasOwn(FORMATS, option))
      throw new UsageError('log takes one of -m, -t, -d, -c; -T and others: lastkmsg dmesg');
    const format = peerFormat(FORMATS[option as keyof typeof FORMATS], { old: dump.log.generation !== 'lockless', wrapBefore: {} }, false);
    const text = [...dump.log.records(false)].map((record) => format.record(record)).join('');
    return `${format.head ?? ''}${text}${format.end?.() ?? ''}`;
  },
};
