import { BOOT_LINES } from '../../../grammars/boot/lines.ts';
import type { PrintkRecord } from '../../record/record.ts';
import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { gather, readReport, said } from '../facts/facts.ts';

/** What only a running system prints: a login prompt, the programs that a fuzzer runs and notes. */
function isOfRunning(text: string): boolean {
  // asked of every line of a log without times: the last character says that it is neither a call nor a prompt
  const last = text.charCodeAt(text.length - 1);
  return (last === 0x29 && CALL.test(text)) || (last === 0x20 && /\blogin: $/.test(text)) || text.includes('executing program');
}
const CALL = /^(?:r\d+ = )?[a-z_]\w*(?:\$\w+)?\([^)]*.*\)$/;
/** Microseconds of uptime that no early message has. */
const EARLY_USEC = 1_000_000;
/** Keys of SysRq that end a boot: reset, power off, crash. */
const LAST_KEYS: readonly unknown[] = ['b', 'o', 'c'];

/**
 * Watches how boots end. A banner behind a running system that neither said goodbye nor panicked is an unexpected reboot. Logs
 * of journald and syslog do not prove it: their daemons are gone before the kernel's last words.
 */
export class BootWatch {
  #ran = false;
  /** Latest uptime of this boot, µs. */
  #latest = 0;
  #farewell = false;
  #died = false;
  #kept = false;

  /** Every record. */
  see(record: PrintkRecord): void {
    const { usec } = record;
    if (usec !== undefined && usec > this.#latest) this.#latest = usec;
    if (!this.#ran) this.#ran = usec === undefined ? isOfRunning(record.text) : usec > EARLY_USEC;
  }

  /** An event of the running boot. */
  happened(draft: Draft): void {
    if (draft.severity === 'fatal' || draft.kind === 'panic') this.#died = true;
    if (draft.kind === 'sysrq' && LAST_KEYS.includes(draft.details?.key)) this.#farewell = true;
  }

  /** A report of the family boot. @returns the event, where it is one. */
  boots(report: Report): Draft | undefined {
    const record = report.lines[0]?.record;
    if (report.form.name === 'farewell') {
      // A goodbye among old lines that are printed again does not count: something follows it.
      this.#farewell = true;
      return undefined;
    }
    this.#kept ||= record?.wall?.source === 'journal' || record?.wall?.source === 'syslog';
    // arm64 prints a line before its banner, and where the boot loader started the clock, that line is as late as those of a running
    // system: only what was printed later than the banner is of another boot
    const before = record?.usec === undefined || this.#latest === 0 || record.usec < this.#latest;
    const unexpected = this.#ran && before && !this.#farewell && !this.#died && !this.#kept;
    this.#ran = false;
    this.#latest = 0;
    this.#farewell = false;
    this.#died = false;
    if (!unexpected) return undefined;
    const facts = gather(report, readReport(report));
    const release = said(facts, BOOT_LINES.linux_banner)?.release;
    const title = 'unexpected kernel reboot';
    return baseDraft(facts, {
      kind: 'reboot',
      severity: 'error',
      naming: { title, bare: title, frames: [] },
      extra: release === undefined ? {} : { kernel: { release } },
    });
  }
}
