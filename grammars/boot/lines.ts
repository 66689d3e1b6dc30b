import type { OldFamily as Family } from '../common/legacy.ts';
import { alone, starts } from '../hardware/lines/line-keys.ts';

/** What init says on its way down, where the kernel's own last word is not in the log. */
const DOWN =
  /^\S+ (?:Shutting down\.|Reached target .*(?:[Rr]eboot|[Pp]ower-?[Oo]ff|[Ss]hutdown|[Hh]alt)|Received SIGTERM|Journal stopped)/;

/** The kernel's banner, and the words with which a system goes down in order: kernel/reboot.c, drivers/tty/sysrq.c, kernel/kexec_core.c. */
export const boot: Family = {
  name: 'boot',
  openers: [
    { text: 'Linux version ', form: 'banner', test: (text) => /^Linux version \d+\.\d+/.test(text) },
    // "reboot: " since 3.13.
    ...starts('farewell', 'reboot: Restarting system', 'reboot: Power down', 'reboot: System halted', 'reboot: Power off'),
    ...starts('farewell', 'Restarting system.', 'Power down.', 'System halted.', 'machine restart'),
    ...starts('farewell', 'kexec_core: Starting new kernel', 'kexec: Starting new kernel', 'Starting new kernel'),
    ...['sysrq: ', 'SysRq : '].flatMap((text) => ({
      text,
      form: 'farewell',
      test: (line: string) => /^(?:sysrq: )?(?:SysRq : )?(?:Resetting|Power Off|Trigger a crash)/.test(line),
    })),
    ...starts('farewell', 'systemd-shutdown[', 'Requesting system reboot', 'Requesting system poweroff', 'The system is going down'),
    // in full, as init talks much: a test costs as much as the rest of the look at a line, some 100 ns
    ...starts('farewell', 'systemd[1]: Shutting down.', 'systemd[1]: Received SIGTERM', 'systemd[1]: Journal stopped'),
    ...['systemd[1]: Reached target ', 'systemd-journald['].map((text) => ({
      text,
      form: 'farewell',
      test: (line: string) => DOWN.test(line),
    })),
    { text: 'INIT: ', form: 'farewell', test: (line) => /runlevel: [06]|TERM signal/.test(line) },
  ],
  forms: [
    { name: 'banner', single: true, needs: 'nothing' },
    { name: 'farewell', single: true, needs: 'nothing', key: alone },
  ],
};
