import { devicesOf, diskOf, reasonOf } from '../facts.ts';
import { panicReason } from '../rules/panic-reasons.ts';
import { place, type StepContext, type StepRule, step, withValue } from './context.ts';
import { quoted, safeBuildId, safeDevice, safeId, safePath, safePid } from './safe.ts';

/** Reports with a place in the code that they are about. */
const CODE = ['oops', 'complaint', 'stuck', 'hung-task'] as const;

/** Steps in drgn, as typed at its prompt, where its Linux helpers are at hand. */
export const DRGN_STEPS: readonly StepRule[] = [
  {
    kinds: CODE,
    steps: (c) => [
      c.terminal.severity === 'fatal'
        ? step('drgn', 'prog.crashed_thread().stack_trace()', 'the stack of the task that crashed, with its variables: trace[n].locals()')
        : step(
            'drgn',
            withValue(c.pid, (pid) => `prog.stack_trace(${pid})`),
            'the stack of that task, with its variables: trace[n].locals()',
          ),
    ],
  },
  {
    kinds: ['blocked'],
    steps: () => [
      step(
        'drgn',
        '[print(t.pid, t.comm, prog.stack_trace(t)) for t in for_each_task(prog) if task_state_to_char(t) == "D"]',
        'all blocked tasks with their stacks',
      ),
    ],
  },
];

/** Steps in gdb on the kernel's or the module's file with debuginfo. */
export const GDB_STEPS: readonly StepRule[] = [
  {
    kinds: [...CODE, 'page-allocation-failure'],
    steps: (c) => [
      step(
        'gdb',
        withValue(
          c.symbol,
          (name) => `list *(${/\./.test(name) ? `'${name}'` : name}${c.offset === undefined ? '' : `+0x${c.offset.toString(16)}`})`,
        ),
        `the source line, in gdb ${c.module === undefined ? 'vmlinux' : `${c.module}.ko`} with debuginfo`,
      ),
    ],
  },
];

const disk = (c: StepContext): string | undefined => safeDevice([...c.events.flatMap((event) => [...devicesOf(event)])].map(diskOf)[0]);
const PCI = /^(?:[0-9a-f]{4}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/;
const ofPci = (c: StepContext): string | undefined => c.events.flatMap((event) => [...devicesOf(event)]).find((name) => PCI.test(name));

/** Steps in a shell: on the machine, or wherever debuginfo is. */
export const SHELL_STEPS: readonly StepRule[] = [
  {
    kinds: CODE,
    steps: (c) => [
      step(
        'shell',
        withValue(safeBuildId(c.around.buildId), (id) => `debuginfod-find debuginfo ${id}`),
        'fetches the vmlinux of exactly this kernel by its build id',
      ),
      step(
        'shell',
        c.around.buildId === undefined
          ? withValue(c.release, (release) => `ls /usr/lib/debug/boot/vmlinux-${release} /usr/lib/debug/lib/modules/${release}/vmlinux`)
          : undefined,
        'where distributions put the matching vmlinux',
      ),
      step(
        'shell',
        c.module === undefined ? undefined : withValue(place(c), (where) => `faddr2line ${c.module}.ko ${where}`),
        'file and line, by scripts/faddr2line of the kernel source',
      ),
      step(
        'shell',
        withValue(c.module, (name) => `modinfo ${name}`),
        'version and origin of the module that is blamed',
      ),
    ],
  },
  {
    kinds: ['memcg-oom'],
    steps: (c) => {
      const { oomMemcg, taskMemcg, pod, container, unit } = c.first.oom?.cgroup ?? {};
      const path = safePath(oomMemcg ?? taskMemcg);
      const docker = c.first.oom?.cause?.verdict.includes('(docker)');
      return [
        step(
          'shell',
          withValue(
            safeId(pod),
            (id) => `kubectl get pods -A -o custom-columns=NS:.metadata.namespace,NAME:.metadata.name,UID:.metadata.uid | grep -F ${id}`,
          ),
          'which pod that is',
        ),
        step(
          'shell',
          withValue(safeId(container), (id) => (docker ? `docker inspect ${id}` : `crictl inspect ${id}`)),
          'which container that is, and its limit',
        ),
        step(
          'shell',
          withValue(safeId(unit), (name) => `systemctl show ${name} -p MemoryMax,MemoryHigh,MemoryPeak`),
          'the limit of the unit',
        ),
        step(
          'shell',
          withValue(path, (p) => `cat ${quoted(`/sys/fs/cgroup${p}/memory.max`)} ${quoted(`/sys/fs/cgroup${p}/memory.events`)}`),
          'the limit that was hit and how often (cgroup v2)',
        ),
      ];
    },
  },
  {
    kinds: ['oom-kill'],
    steps: () => [
      step('shell', 'grep -E "MemTotal|MemAvailable|Slab|SUnreclaim|Swap|Commit" /proc/meminfo', 'what memory is used for now'),
      step('shell', 'ps -eo pid,rss,oom,comm --sort=-rss', 'the largest processes now'),
    ],
  },
  {
    kinds: ['page-allocation-failure'],
    steps: () => [step('shell', 'cat /proc/buddyinfo /proc/pagetypeinfo', 'how fragmented free memory is now')],
  },
  {
    kinds: ['disk'],
    steps: (c) => [
      step(
        'shell',
        withValue(disk(c), (name) => `smartctl -x /dev/${name}`),
        'what the disk says of itself',
      ),
      step(
        'shell',
        withValue(disk(c), (name) => `lsblk -o NAME,TYPE,FSTYPE,MOUNTPOINT,STATE /dev/${name}`),
        'what lies on it',
      ),
    ],
  },
  {
    kinds: ['hardware', 'netdev-watchdog'],
    steps: (c) => [
      step(
        'shell',
        withValue(ofPci(c), (name) => `lspci -vvv -s ${name}`),
        'the device, its link and its error registers',
      ),
      step('shell', c.first.kind === 'hardware-error' ? 'ras-mc-ctl --errors' : undefined, 'errors that rasdaemon has logged'),
    ],
  },
  {
    kinds: ['netdev-watchdog'],
    steps: (c) => [
      step(
        'shell',
        withValue(disk(c), (name) => `ethtool -S ${name}`),
        "the interface's counters",
      ),
    ],
  },
  {
    kinds: ['user-fault'],
    steps: (c) => [
      step(
        'shell',
        withValue(safePid(c.first.task?.pid), (pid) => `coredumpctl info ${pid}`),
        'the core dump of that process, if one was kept',
      ),
      step(
        'shell',
        withValue(offsetIn(c), ([object, offset]) => `addr2line -fie ${object} ${offset}`),
        'file and line, with the debuginfo of that program',
      ),
    ],
  },
  {
    steps: ({ terminal }) => {
      const policy = terminal.kind === 'panic' ? panicReason(reasonOf(terminal))?.policy : undefined;
      return [
        step('shell', SYSCTLS.has(policy ?? '') ? `sysctl ${SYSCTLS.get(policy ?? '')}` : undefined, 'the setting that made it a panic'),
      ];
    },
  },
];

const SYSCTLS: ReadonlyMap<string, string> = new Map([
  ['panic_on_oops', 'kernel.panic_on_oops'],
  ['hung_task_panic', 'kernel.hung_task_panic'],
  ['softlockup_panic', 'kernel.softlockup_panic'],
  ['hardlockup_panic', 'kernel.hardlockup_panic'],
  ['panic_on_rcu_stall', 'kernel.panic_on_rcu_stall'],
  ['panic_on_warn', 'kernel.panic_on_warn'],
  ['panic_on_oom', 'vm.panic_on_oom'],
  ['unknown_nmi_panic', 'kernel.unknown_nmi_panic kernel.panic_on_unrecovered_nmi'],
  ['panic_on_io_nmi', 'kernel.panic_on_io_nmi'],
]);

function offsetIn({ first }: StepContext): readonly [string, string] | undefined {
  const { object, objectOffset } = first.details ?? {};
  const name = typeof object === 'string' ? safeId(object) : undefined;
  return name !== undefined && typeof objectOffset === 'string' && /^0x[0-9a-f]+$/.test(objectOffset) ? [name, objectOffset] : undefined;
}
