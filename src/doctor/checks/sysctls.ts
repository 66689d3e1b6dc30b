import { type Check, type Finding, ok, unknown, warn } from '../check.ts';
import type { Host } from '../host.ts';
import { sysctl } from '../sysctl.ts';

/** A setting that decides whether something ends in a dump. Documentation/admin-guide/sysctl/kernel.rst and vm.rst. */
interface Setting {
  readonly key: string;
  /** The value advised; absent where it is a matter of taste, which is said and not judged. */
  readonly advised?: string | undefined;
  readonly good: (value: number) => boolean;
  /** What the present value does: [when good, when not]. */
  readonly means: readonly [good: string, bad: string];
}

const is = (wanted: number) => (value: number) => value === wanted;
const any = () => true;

const SETTINGS: readonly Setting[] = [
  {
    key: 'kernel.panic_on_oops',
    advised: '1',
    good: is(1),
    means: ['an oops panics, and so is dumped', 'an oops kills one task and the kernel runs on, damaged and without a dump'],
  },
  {
    key: 'kernel.panic',
    advised: '10',
    good: (value) => value !== 0,
    means: ['the machine reboots after a panic that is not dumped', 'a panic that is not dumped hangs for ever, until someone resets it'],
  },
  {
    key: 'kernel.unknown_nmi_panic',
    advised: '1',
    good: is(1),
    means: ['the NMI button of a server makes a dump', 'an NMI that nobody claims, such as that of the NMI button, is only logged'],
  },
  {
    key: 'kernel.panic_on_unrecovered_nmi',
    advised: '1',
    good: is(1),
    means: [
      'an NMI for a memory or bus error panics, and so is dumped',
      'after an NMI for a memory or bus error the kernel runs on with bad data',
    ],
  },
  {
    key: 'kernel.softlockup_panic',
    good: any,
    means: ['a CPU that is stuck for long panics (1) or is only logged (0)', ''],
  },
  {
    key: 'kernel.hardlockup_panic',
    advised: '1',
    good: is(1),
    means: ['a CPU that takes no interrupts panics, and so is dumped', 'a CPU that takes no interrupts is only logged'],
  },
  {
    key: 'kernel.hung_task_panic',
    good: any,
    means: ['a task that hangs for minutes panics (1 or more) or is only logged (0)', ''],
  },
  {
    key: 'vm.panic_on_oom',
    good: any,
    means: ['when memory runs out a task is killed (0), the kernel panics unless a limit caused it (1), or it always panics (2)', ''],
  },
  {
    key: 'kernel.panic_on_warn',
    good: is(0),
    advised: '0',
    means: ['a warning is only logged', 'every warning panics: right for tests, seldom for servers'],
  },
];

const FILE = '/etc/sysctl.d/90-lastkmsg.conf';

/** What ends in a panic, and so in a dump. */
export const SYSCTLS: Check = { id: 'sysctl', title: 'What panics', ask: (host) => SETTINGS.map((setting) => finding(host, setting)) };

function finding(host: Host, { key, advised, good, means }: Setting): Finding {
  const { now, persisted } = sysctl(host, key);
  const value = now ?? persisted?.value;
  const from = [`/proc/sys/${key.replaceAll('.', '/')}`, persisted?.file].filter((file) => file !== undefined);
  // hardlockup_panic is not there on every architecture
  if (value === undefined) return unknown(host.live ? `this kernel has no ${key}` : `${key} is set in no file`, { from });
  const said = `${key} is ${value}${persisted && persisted.value !== value ? `; ${persisted.file} makes it ${persisted.value} at the next boot` : ''}`;
  if (!good(Number(value)))
    return warn(`${said}: ${means[1]}`, {
      type: [`sysctl -w ${key}=${advised}`],
      persist: { file: FILE, line: `${key} = ${advised}` },
      from,
    });
  return ok(`${said}: ${means[0]}`, { from });
}
