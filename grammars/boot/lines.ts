import type { Family } from '../common/family.ts';
import { words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { alone } from '../hardware/line-keys.ts';
import { starts } from '../hardware/opens.ts';

/** What systemd says on its way down, where the kernel's own last word is not in the log. */
const DOWN = /^\S+ (?:Reached target .*(?:[Rr]eboot|[Pp]ower-?[Oo]ff|[Ss]hutdown|[Hh]alt)|Received SIGTERM|Journal stopped)/;

/** The kernel's banner, and the words with which a system goes down in order. */
export const BOOT_LINES = lines({
  linux_banner: {
    printer: 'init/main.c start_kernel()',
    examples: ['Linux version 6.1.0-xyz-amd64 (builder@host) (gcc-12, GNU ld 2.40) #1 SMP PREEMPT_DYNAMIC Debian 6.1.0-1 (2026-03-04)'],
    ...starts('banner', ['Linux version '], (text) => /^Linux version \d+\.\d+/.test(text)),
    start: /Linux version \d+\.\d+/,
    reads: [/^Linux version (?<release>\S+)/],
    fields: { release: words },
  },
  kernel_restart: {
    printer: 'kernel/reboot.c kernel_restart(), kernel_halt(), kernel_power_off()',
    releases: '`reboot: ` since 3.13; `Power off` since 6.x',
    examples: ['reboot: Restarting system', "reboot: Restarting system with command 'bootloader'", 'reboot: Power down', 'System halted.'],
    ...starts('farewell', [
      ...['reboot: Restarting system', 'reboot: Power down', 'reboot: System halted', 'reboot: Power off'],
      ...['Restarting system.', 'Power down.', 'System halted.'],
    ]),
  },
  native_machine_restart: {
    printer: 'arch/x86/kernel/reboot.c native_machine_restart()',
    examples: ['machine restart'],
    ...starts('farewell', ['machine restart']),
  },
  kernel_kexec: {
    printer: 'kernel/kexec_core.c kernel_kexec()',
    releases: '`kexec_core: ` since 4.3',
    examples: ['kexec_core: Starting new kernel', 'Starting new kernel'],
    ...starts('farewell', ['kexec_core: Starting new kernel', 'kexec: Starting new kernel', 'Starting new kernel']),
  },
  systemd_stops: {
    printer: "systemd's src/core/main.c, src/shutdown/shutdown.c, src/journal/journald-server.c",
    examples: [
      'systemd[1]: Shutting down.',
      'systemd-shutdown[1]: Syncing filesystems and block devices.',
      'systemd[1]: Reached target System Reboot.',
      'systemd-journald[320]: Received SIGTERM from PID 1 (systemd).',
    ],
    // in full, as init talks much: a test costs as much as the rest of the look at a line, some 100 ns
    start: /systemd(?:-shutdown|-journald)?\[\d+\]: /,
    opens: [
      { form: 'farewell', literals: ['systemd-shutdown['] },
      { form: 'farewell', literals: ['systemd[1]: Shutting down.', 'systemd[1]: Received SIGTERM', 'systemd[1]: Journal stopped'] },
      { form: 'farewell', literals: ['systemd[1]: Reached target ', 'systemd-journald['], test: (text) => DOWN.test(text) },
    ],
  },
  init_stops: {
    printer: 'other inits: sysvinit, busybox, shutdown(8)',
    examples: ['INIT: Switching to runlevel: 6', 'Requesting system reboot', 'The system is going down NOW!'],
    start: /INIT: |Requesting system (?:reboot|poweroff)|The system is going down/,
    opens: [
      { form: 'farewell', literals: ['Requesting system reboot', 'Requesting system poweroff', 'The system is going down'] },
      { form: 'farewell', literals: ['INIT: '], test: (text) => /runlevel: [06]|TERM signal/.test(text) },
    ],
  },
});

/** Where one boot ends and the next begins. The assembler itself counts boots by the banner. */
export const BOOT: Family = {
  name: 'boot',
  lines: Object.values(BOOT_LINES),
  forms: [
    { name: 'banner', single: true, needs: 'nothing' },
    { name: 'farewell', single: true, needs: 'nothing', key: alone },
  ],
};
