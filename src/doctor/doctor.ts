import type { Check, Finding, Status } from './check.ts';
import { DEBUGINFO, DMESG, SECURE_BOOT, SYSRQ } from './checks/aftermath.ts';
import { CRASHKERNEL } from './checks/crashkernel.ts';
import { DUMP_TARGET } from './checks/dump-target.ts';
import { KDUMP } from './checks/kdump.ts';
import { MAKEDUMPFILE } from './checks/makedumpfile.ts';
import { CONSOLE, JOURNAL, PSTORE } from './checks/second-source.ts';
import { SYSCTLS } from './checks/sysctls.ts';
import { WATCHDOGS } from './checks/watchdogs.ts';
import { release } from './facts.ts';
import type { Host } from './host.ts';

const CHECKS: readonly Check[] = [
  CRASHKERNEL,
  KDUMP,
  DUMP_TARGET,
  MAKEDUMPFILE,
  SYSCTLS,
  SYSRQ,
  PSTORE,
  JOURNAL,
  CONSOLE,
  WATCHDOGS,
  DEBUGINFO,
  DMESG,
  SECURE_BOOT,
];

/** Without these no dump is saved: what they do not know leaves the verdict open. */
const DECIDE = new Set(['crashkernel', 'kdump', 'makedumpfile']);

export interface Answer extends Finding {
  readonly check: string;
  readonly title: string;
}

/** Whether a machine will catch its next crash. */
export interface Diagnosis {
  readonly live: boolean;
  readonly release?: string | undefined;
  /** `ready`, `not ready` (a check failed), `unknown` (one that decides could not be made). */
  readonly verdict: 'ready' | 'not ready' | 'unknown';
  readonly answers: readonly Answer[];
}

/** Asks a machine all questions. Never throws: what cannot be read is `unknown`. */
export function diagnose(host: Host): Diagnosis {
  const answers = CHECKS.flatMap((check) =>
    [check.ask(host)].flat().map((finding) => ({ check: check.id, title: check.title, ...finding })),
  );
  const some = (status: Status): boolean => answers.some((answer) => answer.status === status && DECIDE.has(answer.check));
  const verdict = some('fail') ? 'not ready' : some('unknown') ? 'unknown' : 'ready';
  return { live: host.live, release: release(host), verdict, answers };
}
