import { isMemory, type StepRule, step, withValue } from './context.ts';
import { quoted, safeId, safePath } from './safe.ts';

/** Steps on the machine where memory ran short: whose limit it was, then what uses memory now. */
export const MEMORY_STEPS: readonly StepRule[] = [
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
    when: (c) => isMemory(c) && c.first.kind !== 'memcg-oom' && c.terminal.severity !== 'fatal',
    steps: (c) => [
      step('shell', c.first.kind === 'page-allocation-failure' ? 'cat /proc/buddyinfo' : undefined, 'how fragmented free memory is now'),
      step('shell', 'ps -eo pid,rss,oom,comm --sort=-rss', 'the largest processes now'),
      step('shell', 'grep -E "MemTotal|MemAvailable|Slab|SUnreclaim|Swap|Commit" /proc/meminfo', 'what memory is used for now'),
    ],
  },
];
