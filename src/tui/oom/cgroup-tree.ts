import type { Oom } from '../../event/event.ts';
import { type CgroupOwner, cgroupOwner } from '../../event/oom/cgroup.ts';
import { isUnlimited } from '../../event/oom/limit.ts';
import { numberIn } from './units.ts';

/** One group of the tree that the report's paths span. */
export interface CgroupNode {
  readonly path: string;
  /** The last part of its path. */
  readonly name: string;
  readonly depth: number;
  /** The last of its parent's. */
  readonly last: boolean;
  /** For each ancestor below the root, whether it is the last of its parent's. */
  readonly lines: readonly boolean[];
  /** kB; `none` where the log says that there is none. */
  readonly limit: number | 'none' | undefined;
  readonly usageKb: number | undefined;
  readonly roles: readonly CgroupRole[];
  /** What this part of the path adds to whose it is. */
  readonly owner: CgroupOwner;
}

/** What the report says of a group. */
type CgroupRole = 'oom_memcg' | 'task_memcg' | 'oom_group';

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');
const pathOf = (parts: readonly string[]): string => `/${parts.join('/')}`;

/** Deeper than any tree that people make: a forged path may have as many parts as a line has bytes. */
const DEEPEST = 64;
const MOST = 500;

/** All groups that the report names, with those above them, depth first. Empty where it names none but the root. */
export function cgroupTree(oom: Oom): CgroupNode[] {
  const { oomMemcg, taskMemcg, oomGroup } = oom.cgroup ?? {};
  const groups = Object.entries(oom.memcgStat ?? {}).flatMap(([path, stat]) =>
    typeof stat === 'object' && path.startsWith('/') ? [path] : [],
  );
  const named = [oomMemcg, taskMemcg, oomGroup, ...groups].filter((path) => path !== undefined).slice(0, MOST);
  const children = new Map<string, Set<string>>();
  for (const path of named) {
    const parts = partsOf(path).slice(0, DEEPEST);
    for (let i = 0; i < parts.length; i++) {
      const parent = pathOf(parts.slice(0, i));
      children.set(parent, (children.get(parent) ?? new Set()).add(parts[i]!));
    }
  }
  if (children.size === 0 && oomMemcg === undefined) return [];
  const same = (a: string | undefined, b: string): boolean => a !== undefined && pathOf(partsOf(a).slice(0, DEEPEST)) === b;
  const nodes: CgroupNode[] = [];
  const visit = (parts: readonly string[], lines: readonly boolean[], last: boolean): void => {
    const path = pathOf(parts);
    const hit = same(oomMemcg, path);
    nodes.push({
      path,
      name: parts.at(-1) ?? '/',
      depth: parts.length,
      last,
      lines,
      limit: hit ? limitOf(oom) : undefined,
      usageKb: hit ? oom.limits?.memory?.usageKb : statKb(oom, path),
      roles: [
        ...(hit ? (['oom_memcg'] as const) : []),
        ...(same(taskMemcg, path) ? (['task_memcg'] as const) : []),
        ...(same(oomGroup, path) ? (['oom_group'] as const) : []),
      ],
      owner: added(path, pathOf(parts.slice(0, -1))),
    });
    const below = [...(children.get(path) ?? [])];
    for (const [i, part] of below.entries()) visit([...parts, part], parts.length === 0 ? [] : [...lines, last], i === below.length - 1);
  };
  visit([], [], true);
  return nodes;
}

function limitOf({ limits }: Oom): CgroupNode['limit'] {
  const limitKb = limits?.memory?.limitKb;
  return limitKb === undefined ? undefined : isUnlimited(limitKb) ? 'none' : limitKb;
}

/** v1 prints a line for each group of the tree with its own pages, without those of the groups below it. */
function statKb({ memcgStat }: Oom, path: string): number | undefined {
  const stat = memcgStat?.[path];
  if (typeof stat !== 'object') return undefined;
  const [rss, cache] = [numberIn(stat.rss), numberIn(stat.cache)];
  return rss === undefined && cache === undefined ? undefined : (rss ?? 0) + (cache ?? 0);
}

/** A pod or container is named where its part of the path stands, not again below it. */
function added(path: string, parent: string): CgroupOwner {
  const [own, above] = [cgroupOwner(path), cgroupOwner(parent)];
  return {
    ...(own.pod !== undefined && own.pod !== above.pod ? { pod: own.pod } : {}),
    ...(own.container !== undefined && own.container !== above.container ? { container: own.container } : {}),
    ...(own.runtime !== undefined && own.container !== above.container ? { runtime: own.runtime } : {}),
    ...(own.unit !== undefined && own.unit !== above.unit ? { unit: own.unit } : {}),
  };
}
