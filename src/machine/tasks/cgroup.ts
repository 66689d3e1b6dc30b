import type { Struct } from '../../kernel/struct.ts';

/** Deeper than cgroups may nest (cgroup.max.depth is rarely set, paths are bound by PATH_MAX). */
const MAX_DEPTH = 64;

/** Path of a task's group in the unified hierarchy; of v1 hierarchies that of the memory controller. */
export function cgroupOf(task: Struct): string | undefined {
  const set = task.follow('cgroups', 'css_set');
  return set && cgroupPath(set.follow('dfl_cgrp', 'cgroup'));
}

export function cgroupPath(cgroup: Struct | undefined): string | undefined {
  const parts: string[] = [];
  // `__parent` since 6.15 (633488947ef6)
  let node = cgroup?.follow('kn', 'kernfs_node');
  for (let depth = 0; node && depth < MAX_DEPTH; depth++) {
    const path = node.has('__parent') ? '__parent' : 'parent';
    const parent = node.ptr(path);
    const name = node.text('name');
    if (parent === undefined || name === undefined) return undefined;
    if (parent === 0n) return `/${parts.join('/')}`; // the root's own name is empty
    parts.unshift(name);
    node = node.follow(path, 'kernfs_node');
  }
  return undefined;
}
