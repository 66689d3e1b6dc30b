import type { PrintkRecord } from '../../record/record.ts';
import type { Report } from '../../report/report.ts';
import type { Draft } from '../facts/draft.ts';

/** What only a running system prints: a login prompt, the programs that a fuzzer runs and notes. */
const RUNNING = /^(?:r\d+ = )?[a-z_]\w*(?:\$\w+)?\([^)]*.*\)$|executing program|\blogin: $/;
/** Microseconds of uptime that no early message has. */
const EARLY_USEC = 1_000_000;

/**
 * Watches how boots end. A banner after a system that was running and neither said goodbye nor panicked is an unexpected reboot. Logs
 * of journald and syslog do not prove it: their daemons are gone before the kernel's last words.
 */
export class BootWatch {
  #ran = false;
  #farewell = false;
  #died = false;
  #kept = false;

  /** Every record until one proves that a system runs. */
  see(record: PrintkRecord): void {
    if (this.#ran) return;
    this.#ran = record.usec === undefined ? RUNNING.test(record.text) : record.usec > EARLY_USEC;
  }

  /** An event of the running boot. */
  happened(draft: Draft): void {
    if (draft.severity === 'fatal' || draft.kind === 'panic') this.#died = true;
  }

  /** A report of the family boot. @returns the event, where it is one. */
  boots(report: Report): Draft | undefined {
    const record = report.lines[0]?.record;
    if (report.form.name === 'farewell') {
      // A line of a dump that is printed in retrospect says goodbye as well, but nothing may follow it.
      this.#farewell = true;
      return undefined;
    }
    this.#kept ||= record?.wall?.source === 'journal' || record?.wall?.source === 'syslog';
    const unexpected = this.#ran && !this.#farewell && !this.#died && !this.#kept;
    this.#ran = false;
    this.#farewell = false;
    this.#died = false;
    if (!unexpected || record === undefined) return undefined;
    const release = /^Linux version (\S+)/.exec(report.lines[0]?.text ?? '')?.[1];
    const title = 'unexpected kernel reboot';
    return {
      kind: 'reboot',
      severity: 'error',
      completeness: 'complete',
      ...(record.usec === undefined ? {} : { uptime: record.usec / 1e6 }),
      ...(release === undefined ? {} : { kernel: { release } }),
      sources: release === undefined ? {} : { 'kernel.release': [record.seq] },
      recordsOf: () => [],
      naming: { title, bare: title, frames: [] },
    };
  }
}
