/**
 * Tells, in journalctl's short forms, a program's line that went through the kernel (`journalctl -k` shows those too) from one that
 * did not; the forms do not say. Until journald runs a program can only write to /dev/kmsg. Later its lines have a pid that journald
 * vouches for, except systemd-journald's own, which keep going through the kernel. A whole journal tells when journald began
 * (`Journal started`); `journalctl -k` never holds that line.
 */
export class EarlyJournal {
  /** Whether lines with a pid may still be the kernel's: true from the start of a boot until journald shows itself. */
  private early = false;
  private syslog = false;

  /** A boot begins. */
  boot(): void {
    this.early = true;
  }

  /** Whether a line came from the ring; `tag` is `systemd[1]`, `appd`, … */
  throughKernel(tag: string, text: string): boolean {
    if (tag.startsWith('systemd-journald[')) {
      const own = /^(?:Journal started|(?:Runtime|System) Journal \(|Time spent on flushing)/.test(text);
      if (own) this.early = false;
      return !own;
    }
    // imjournal writes the journal to a syslog file, and programs without their pids: nothing tells them apart there
    if (tag === 'systemd') this.syslog = true;
    return !this.syslog && (this.early || !tag.endsWith(']'));
  }
}
