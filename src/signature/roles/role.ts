/**
 * What a function is to a report beside somebody's own code. All but the last three are passed over in every report; those only where a
 * builder's `Naming.skip` asks for it.
 * - reporting: `sanitizer`, `debugobjects`, `dump`, `warn`, `panic`, `die`, `printk`
 * - entered because of the fault: `trap`
 * - acting for its caller: `allocator`, `slab`, `page`, `lock`, `list`, `refcount`, `string`, `usercopy`, `container`, `helper`
 * - handed an object by its caller: `device-core`, `work`, `object`
 */
export type Role =
  | 'sanitizer'
  | 'debugobjects'
  | 'dump'
  | 'warn'
  | 'panic'
  | 'die'
  | 'printk'
  | 'trap'
  | 'allocator'
  | 'slab'
  | 'page'
  | 'lock'
  | 'locking'
  | 'list'
  | 'refcount'
  | 'string'
  | 'usercopy'
  | 'container'
  | 'helper'
  | 'device-core'
  | 'work'
  | 'object'
  | 'sched'
  | 'rcu'
  | 'stall'
  | 'entry';
