import { isMemory, type StepContext, type StepRule, step, withValue } from './context.ts';
import { fileWord } from './safe.ts';

/** Parts that need no types of the kernel. */
const BY_SYMBOLS = /^(?:bt|dis) /;

/** `lastkmsg inspect FILE …`: where the memory of the dump can be read, and its file be named. */
const inspect = ({ around: { machine, file } }: StepContext, what: string | undefined, why: string) =>
  step(
    'shell',
    machine === undefined || what === undefined || (machine.memory.length === 0 && !BY_SYMBOLS.test(what))
      ? undefined
      : withValue(fileWord(file), (word) => `lastkmsg inspect ${word} ${what}`),
    why,
  );

/** What lastkmsg reads from the memory of this dump, without debuginfo. */
export const INSPECT_STEPS: readonly StepRule[] = [
  {
    when: isMemory,
    steps: (c) => [
      inspect(c, 'kmem -i', 'where memory is: free, cache, slab'),
      inspect(c, 'kmem -s', 'slab caches: one that grew without bound is a leak'),
      inspect(c, 'cgroups', 'what each cgroup holds, and its limit'),
    ],
  },
  {
    kinds: ['blocked', 'disk'],
    steps: (c) => [
      inspect(c, 'stuck', 'who waits for whom, down to the request in flight'),
      inspect(c, 'dev -d', 'requests in flight for each disk'),
    ],
  },
  {
    kinds: ['oops', 'complaint', 'halt', 'stuck', 'hardware'],
    steps: (c) => [
      inspect(c, 'bt -a', 'what every CPU was doing'),
      inspect(
        c,
        withValue(c.symbol, (name) => `dis ${name}${c.offset === undefined ? '' : `+0x${c.offset.toString(16)}`}`),
        'the instructions in question',
      ),
    ],
  },
  {
    kinds: ['sysrq'],
    steps: (c) => [
      inspect(c, 'stuck', 'who waits for whom: somebody crashed it for a reason'),
      inspect(c, 'bt -a', 'what every CPU was doing'),
      inspect(c, 'kmem -i', 'where memory is: free, cache, slab'),
    ],
  },
  { kinds: ['stuck'], steps: (c) => [inspect(c, 'runq', 'what waited to run on each CPU')] },
];
