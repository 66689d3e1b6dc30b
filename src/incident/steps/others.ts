import { reasonOf } from '../facts.ts';
import { panicReason } from '../rules/panic-reasons.ts';
import { place, type StepContext, type StepRule, step, withValue } from './context.ts';
import { safeBuildId, safeId, safePid } from './safe.ts';

/** Reports with a place in the code that they are about. */
const CODE = ['oops', 'complaint', 'hung', 'halt'] as const;

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
    kinds: ['oops', 'complaint', 'hung', 'halt', 'page-allocation-failure'],
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

/** What the other tools need first: the dump, and the debuginfo of its kernel. */
export const NEEDED_STEPS: readonly StepRule[] = [
  {
    steps: ({ terminal, around }) => [
      step(
        'shell',
        terminal.severity === 'fatal' && around.isDump !== true ? 'ls -lt /var/crash' : undefined,
        'the dump of this crash, if kdump kept one: lastkmsg and crash read it',
      ),
    ],
  },
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
    ],
  },
];

/** Steps in a shell: on the machine, or wherever debuginfo is. */
export const SHELL_STEPS: readonly StepRule[] = [
  {
    kinds: CODE,
    steps: (c) => [
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
