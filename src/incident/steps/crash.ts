import { isKindOf } from '../../event/kinds.ts';
import { locksAmong, ownerOf } from '../rules/locks.ts';
import { isMemory, place, type StepContext, type StepRule, step, withValue } from './context.ts';
import { pointerSteps } from './pointers.ts';
import { safeAddress, safePid } from './safe.ts';

/** The task, if the report stopped it: one that only caused a warning may have exited long before the dump. */
const stopped = ({ first, pid }: StepContext): number | undefined => (isKindOf(first.kind, 'oops', 'panic') ? pid : undefined);

/** Steps in crash. Commands are those of crash 7 and 8. */
export const CRASH_STEPS: readonly StepRule[] = [
  { steps: () => [step('crash', 'sys', 'kernel, uptime, panic string: is it the dump you mean?')] },
  {
    when: isMemory,
    steps: () => [
      step('crash', 'kmem -i', 'where memory is: free, cache, slab'),
      step('crash', 'kmem -s', 'slab caches: one that grew without bound is a leak'),
      step('crash', 'ps -G', 'the processes with their resident memory'),
      step('crash', 'ps -m', 'how long each task has not run: who waited for memory'),
      step('crash', 'kmem -z', 'zones and watermarks'),
    ],
  },
  {
    kinds: ['oops', 'complaint', 'panic', 'page-allocation-failure'],
    steps: (c) => [
      step(
        'crash',
        withValue(c.module, (name) => `mod -s ${name}`),
        'loads the debuginfo of the module that is blamed',
      ),
      step(
        'crash',
        withValue(c.symbol, (name) => `sym ${name}`),
        'where the function is, and in which module',
      ),
      step(
        'crash',
        withValue(place(c), (where) => `dis -rl (${where})`),
        'the instructions up to the one in question, with source lines',
      ),
      step(
        'crash',
        withValue(stopped(c), (pid) => `bt -f ${pid}`),
        `the stack of ${c.first.task?.comm === undefined ? 'the task' : 'that task'} with its frames' contents`,
      ),
      step(
        'crash',
        withValue(stopped(c), (pid) => `task -R comm,pid,flags,stack ${pid}`),
        'its task_struct: struct task_struct at that address has the rest',
      ),
      step(
        'crash',
        withValue(c.address, (address) => `vtop ${address}`),
        'whether the bad address is mapped, and to what',
      ),
      ...pointerSteps(c),
    ],
  },
  {
    kinds: ['blocked'],
    steps: (c) => [
      step('crash', 'ps -m', 'how long each task has not run: who stopped first'),
      step('crash', 'foreach UN bt', 'the stacks of all blocked tasks'),
      step(
        'crash',
        withValue(c.pid, (pid) => `bt -f ${pid}`),
        'the waiter: the lock is in its frames',
      ),
      step(
        'crash',
        withValue(safePid(c.events.map(ownerOf).find((pid) => pid !== undefined)), (pid) => `bt -f ${pid}`),
        'the task that the kernel names as the owner',
      ),
      ...locks(c).map((address) =>
        step(
          'crash',
          `struct mutex -l mutex.dep_map ${address}`,
          'the lock, if it is a mutex: owner is the task, its low three bits are flags',
        ),
      ),
    ],
  },
  {
    kinds: ['stuck'],
    steps: (c) => [
      step('crash', 'bt -a', 'what every CPU was doing'),
      step(
        'crash',
        withValue(c.cpu, (cpu) => `bt -c ${cpu}`),
        'the CPU that was stuck',
      ),
      step(
        'crash',
        withValue(place(c), (where) => `dis -rl (${where})`),
        'the loop or lock that it was in',
      ),
      step('crash', 'runq', 'what waited to run on each CPU'),
    ],
  },
  {
    kinds: ['corruption'],
    steps: ({ first }) => [
      first.kind === 'bad-page'
        ? step('crash', 'kmem -f', 'checks the free lists on the way')
        : step('crash', 'kmem -s', 'checks the slab caches on the way: corrupt ones are named'),
    ],
  },
  {
    kinds: ['disk'],
    steps: () => [
      step('crash', 'mount', 'what was mounted, and from which super block'),
      step('crash', 'dev -d', 'requests in flight for each disk'),
      step('crash', 'foreach UN bt', 'who waits for them'),
    ],
  },
  { kinds: ['hardware'], steps: () => [step('crash', 'bt -a', 'what every CPU was doing when it happened')] },
  { kinds: ['irq-error', 'nmi'], steps: () => [step('crash', 'irq', 'interrupts and their handlers')] },
  {
    kinds: ['halt', 'sysrq'],
    steps: () => [step('crash', 'bt', 'the stack of the task that panicked'), step('crash', 'ps', 'what was running')],
  },
];

/** What lockdep prints is the address of the lockdep_map inside the lock: kernel/locking/lockdep.c print_lock(). */
const locks = ({ events }: StepContext): string[] =>
  [...new Set(locksAmong(events).map(({ address }) => safeAddress(address)))].filter((a) => a !== undefined).slice(0, 2);
