import { decimal, int, words } from '../common/fields.ts';
import { lines } from '../common/line.ts';
import { anyOf } from '../common/pattern.ts';

const HUNG = / (?:blocked (?:in I\/O wait )?for more than|can't die for more than) /;
const TASK = String.raw`INFO: task (?<comm>.{1,64}):(?<pid>\d+)`;
const BLOCKER = { comm: words, pid: int, as: words, lock: words };

/** Tasks that wait too long, and for whom. */
export const HANGS = lines({
  hung_task_info: {
    printer: 'kernel/hung_task.c hung_task_info()',
    releases: 'check_hung_task() until 6.19; `in I/O wait` since 7.0; `can’t die` in linux-next only',
    examples: [
      'INFO: task java worker:77 blocked for more than 120 seconds.',
      'INFO: task java:77 blocked in I/O wait for more than 122 seconds.',
      "INFO: task java:77 can't die for more than 143 seconds.",
    ],
    start: /INFO: task (?=[^\n]* (?:blocked (?:in I\/O wait )?for|can't die for) )/,
    opens: [{ form: 'hung', literals: ['INFO: task '], test: (t) => HUNG.test(t) }],
    fields: { comm: words, pid: int, how: words, wait: words, seconds: int },
    reads: [new RegExp(String.raw`${TASK} (?<how>blocked|can't die)(?: in (?<wait>I\/O wait))? for more than (?<seconds>\d+) seconds`)],
  },
  try_to_freeze_tasks: {
    printer: 'kernel/power/process.c try_to_freeze_tasks()',
    releases: '`Freezing of tasks failed` until 6.2',
    examples: [
      'Freezing of tasks failed after 20.008 seconds (1 tasks refusing to freeze, wq_busy=0):',
      'Freezing user space processes failed after 20.008 seconds (2 tasks refusing to freeze, wq_busy=0):',
      'Freezing remaining freezable tasks failed after 20.001 seconds (0 tasks refusing to freeze, wq_busy=1):',
    ],
    start: /(?:PM: )?Freezing [\w ]+ failed after /,
    opens: [{ form: 'hung', literals: ['Freezing ', 'PM: Freezing '], test: (t) => /^(?:PM: )?Freezing [\w ]+ failed after /.test(t) }],
    fields: { seconds: decimal, refusing: int, busyWorkqueues: int },
    reads: [
      /^(?:PM: )?Freezing [\w ]+ failed after (?<seconds>[\d.]+) seconds(?: \((?<refusing>\d+) tasks refusing to freeze, wq_busy=(?<busyWorkqueues>\d+)\))?/,
    ],
  },
  dpm_watchdog_handler: {
    printer: 'drivers/base/power/main.c dpm_watchdog_handler()',
    releases: 'since 3.13; seconds since 6.13',
    examples: [
      'driver_xyz 0000:01:00.0: **** DPM device timeout ****',
      'driver_xyz 0000:01:00.0: **** DPM device timeout after 120 seconds; 0 seconds until panic ****',
    ],
    start: /[^\n]{1,80}: \*\*\*\* DPM device timeout/,
    opens: [{ form: 'hung', literals: ['**** DPM device timeout'], at: 'message' }],
    fields: { driver: words, device: words, seconds: int },
    reads: [/^(?<driver>\S+) (?<device>\S+): \*{4} DPM device timeout(?: after (?<seconds>\d+) seconds)?/],
  },
  debug_show_blocker_owner: {
    printer: 'kernel/hung_task.c debug_show_blocker()',
    releases: 'mutexes since 6.15, semaphores since 6.16, rw-semaphores since 6.17',
    examples: [
      'INFO: task java:77 is blocked on a mutex likely owned by task kworker/u8:2:90.',
      'INFO: task java:77 blocked on a semaphore likely last held by task dbus-daemon:90',
      'INFO: task java:77 <reader> blocked on an rw-semaphore likely owned by task dbus-daemon:90 <writer>',
    ],
    start: /INFO: task (?=[^\n]* blocked on an? [^\n]* by task )/,
    opens: [{ form: 'blocker', literals: ['INFO: task '], test: (t) => / blocked on an? .* by task /.test(t) }],
    fields: { ...BLOCKER, how: words, owner: words, ownerPid: int, ownerAs: words },
    reads: [
      new RegExp(
        [
          String.raw`${TASK} (?:<(?<as>\w+)> |is )?blocked on an? (?<lock>\S+) likely (?<how>owned|last held) `,
          String.raw`by task (?<owner>.{1,64}):(?<ownerPid>\d+)(?: <(?<ownerAs>\w+)>)?`,
        ].join(''),
      ),
    ],
  },
  debug_show_blocker: {
    printer: 'kernel/hung_task.c debug_show_blocker()',
    releases: 'since 6.15',
    examples: [
      'INFO: task java:77 is blocked on a mutex, but the owner is not found.',
      'INFO: task java:77 is blocked on a semaphore, but the last holder is not found.',
    ],
    start: /INFO: task (?=[^\n]* blocked on an? )/,
    opens: [{ form: 'blocker', literals: ['INFO: task '], test: (t) => t.includes(' blocked on a') }],
    fields: { comm: words, pid: int, lock: words },
    reads: [new RegExp(String.raw`${TASK} (?:<\w+> |is )?blocked on an? (?<lock>[\w-]+)`)],
  },
  hung_task_info_advice: {
    printer: 'kernel/hung_task.c hung_task_info()',
    examples: [
      '"echo 0 > /proc/sys/kernel/hung_task_timeout_secs" disables this message.',
      '      Blocked by coredump.',
      'Future hung task reports are suppressed, see sysctl kernel.hung_task_warnings',
    ],
    start: anyOf('"echo 0 >', 'Blocked by coredump', 'Future hung task reports'),
  },
});
