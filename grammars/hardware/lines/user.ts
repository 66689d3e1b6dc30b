import type { OldFamily as Family } from '../../common/legacy.ts';
import { says } from './line-keys.ts';

const PROGRAM = /^(?:traps: )?.{1,24}?\[\d+\](?::| trap | general protection)/;

/** Processes that die of their own faults: arch/<arch>/mm/fault.c, kernel/traps.c, kernel/signal.c print_fatal_signal(). */
export const user: Family = {
  name: 'user',
  openers: [
    ...says('fault', 'segfault at ', 'unhandled exception: ', 'unhandled signal ').map((o) => ({
      ...o,
      test: (t: string) => PROGRAM.test(t),
    })),
    {
      text: 'unhandled ',
      form: 'fault',
      at: 'message',
      test: (t, i) => PROGRAM.test(t) || /^unhandled page fault \(\d+\) at /.test(t.slice(i)),
    },
    ...[
      'segfault (',
      'illegal instruction (',
      'bus error (',
      'floating point exception (',
      'trap (',
      'user fault (',
      'unknown signal (',
    ].map((text) => ({
      text,
      form: 'fault',
      at: 'message' as const,
      test: (t: string) => / nip [0-9a-f]+ lr /.test(t),
    })),
    ...says('fault', 'User process fault: ', 'sending SIG'),
    ...says('fault', 'potentially unexpected fatal signal '),
    { text: 'traps: ', form: 'fault', test: (t) => PROGRAM.test(t) && / ip:[0-9a-f]+ sp:/.test(t) },
    ...says('words', 'code: ').map((o) => ({ ...o, test: (t: string) => PROGRAM.test(t) })),
  ],
  forms: [
    { name: 'fault', needs: 'nothing', yields: true },
    { name: 'words', needs: 'nothing', joinsOnly: true },
  ],
  joins: (head, line, lines) => {
    const first = lines[0];
    if (head.family.name !== 'user' || first === undefined) return undefined;
    if (head.form.name === 'words') return true;
    const near = line.record.usec === undefined || first.record.usec === undefined || line.record.usec - first.record.usec < NEAR_USEC;
    return near &&
      line.text.includes('potentially unexpected fatal signal') &&
      !lines.some((l) => l.text.includes('potentially unexpected'))
      ? true
      : undefined;
  },
  continues: (text) =>
    /^(?:User (?:PSW|GPRS|Code)|Failing address|Fault in |AS:|R:\d T:|[#>]?\s*[0-9a-f]{16}: |Last Breaking|FS: +[0-9a-f]+ GS:|Register|status: )/.test(
      text.trimStart(),
    ),
};

/** print-fatal-signals prints right behind the fault. */
const NEAR_USEC = 1_000_000;
