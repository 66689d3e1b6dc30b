/** One taint flag: kernel/panic.c taint_flags[], include/linux/panic.h TAINT_*. */
export interface TaintEntry {
  readonly bit: number;
  readonly letter: string;
  /** As `[X]=NAME` prints it since 6.12: the constant without TAINT_. */
  readonly name: string;
  readonly meaning: string;
  /** First release with the flag; a vendor's name where it never was upstream. */
  readonly since: string;
}

export const TAINT_FLAGS: readonly TaintEntry[] = [
  { bit: 0, letter: 'P', name: 'PROPRIETARY_MODULE', meaning: 'a proprietary module was loaded', since: '2.4' },
  { bit: 1, letter: 'F', name: 'FORCED_MODULE', meaning: 'a module was loaded by force', since: '2.4' },
  { bit: 2, letter: 'S', name: 'CPU_OUT_OF_SPEC', meaning: 'the system runs outside its specification', since: '2.6' },
  { bit: 3, letter: 'R', name: 'FORCED_RMMOD', meaning: 'a module was unloaded by force', since: '2.6' },
  { bit: 4, letter: 'M', name: 'MACHINE_CHECK', meaning: 'the CPU reported a machine check', since: '2.6' },
  { bit: 5, letter: 'B', name: 'BAD_PAGE', meaning: 'a page was released in a bad state, or its flags were wrong', since: '2.6' },
  { bit: 6, letter: 'U', name: 'USER', meaning: 'a user program asked for the taint', since: '2.6.21' },
  { bit: 7, letter: 'D', name: 'DIE', meaning: 'the kernel oopsed or hit a BUG before', since: '2.6.22' },
  { bit: 8, letter: 'A', name: 'OVERRIDDEN_ACPI_TABLE', meaning: 'an ACPI table was replaced by the user', since: '2.6.25' },
  { bit: 9, letter: 'W', name: 'WARN', meaning: 'the kernel warned before', since: '2.6.26' },
  { bit: 10, letter: 'C', name: 'CRAP', meaning: 'a staging driver was loaded', since: '2.6.28' },
  { bit: 11, letter: 'I', name: 'FIRMWARE_WORKAROUND', meaning: 'a bug of the platform firmware was worked around', since: '2.6.35' },
  { bit: 12, letter: 'O', name: 'OOT_MODULE', meaning: 'a module built outside the kernel tree was loaded', since: '3.2' },
  { bit: 13, letter: 'E', name: 'UNSIGNED_MODULE', meaning: 'an unsigned module was loaded', since: '3.15' },
  { bit: 14, letter: 'L', name: 'SOFTLOCKUP', meaning: 'a CPU was locked up before', since: '3.17' },
  { bit: 15, letter: 'K', name: 'LIVEPATCH', meaning: 'the kernel was live-patched', since: '4.0' },
  { bit: 16, letter: 'X', name: 'AUX', meaning: 'auxiliary taint, defined by the distribution', since: '4.16' },
  { bit: 17, letter: 'T', name: 'RANDSTRUCT', meaning: 'built with randomised structure layout', since: '4.19' },
  { bit: 18, letter: 'N', name: 'TEST', meaning: 'an in-kernel test ran', since: '6.0' },
  { bit: 19, letter: 'J', name: 'FWCTL', meaning: "user space used fwctl's mutating debug interface", since: '6.15' },
  // Red Hat keeps flags of its own in the top bits; SUSE and Ubuntu share X with upstream, SUSE had N until upstream took it
  { bit: 27, letter: 'r', name: 'SUPPORT_REMOVED', meaning: 'hardware or a module whose support was removed is in use', since: 'RHEL 8' },
  { bit: 28, letter: 'H', name: 'HARDWARE_UNSUPPORTED', meaning: 'the hardware is not supported by the distribution', since: 'RHEL 6' },
  { bit: 29, letter: 't', name: 'TECH_PREVIEW', meaning: 'a technology preview is in use', since: 'RHEL 8' },
  { bit: 30, letter: 'p', name: 'PARTNER_SUPPORTED', meaning: 'a module supported by a partner was loaded', since: 'RHEL 8' },
  { bit: 31, letter: 'u', name: 'UNPRIVILEGED_BPF', meaning: 'unprivileged BPF was switched on', since: 'RHEL 8' },
  { bit: 32, letter: 'n', name: 'NO_SUPPORT', meaning: 'a module that SUSE does not support was loaded', since: 'SLES 15 SP6; `N` before' },
];
