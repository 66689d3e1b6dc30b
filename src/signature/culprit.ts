import type { Frame, Stack } from '../event/event.ts';
import type { Machinery, Naming } from '../event/facts/draft.ts';
import { bareSymbol } from './bare-symbol.ts';
import { roleInTree } from './roles/table.ts';
import { DEFAULT_MACHINERY, SKIP_RULES } from './skip-list.ts';

const kindCache = new Map<string, ReadonlySet<Machinery>>();

/** The kinds of machinery that a symbol belongs to. */
export function machineryOf(symbol: string): ReadonlySet<Machinery> {
  const bare = bareSymbol(symbol);
  const known = kindCache.get(bare);
  if (known !== undefined) return known;
  const kinds = new Set(SKIP_RULES.filter((r) => r.pattern.test(bare)).map((r) => r.kind));
  const role = roleInTree(bare);
  if (role !== undefined) kinds.add(role as Machinery);
  if (kindCache.size > 20_000) kindCache.clear();
  kindCache.set(bare, kinds);
  return kinds;
}

/** The frames to look through when a report names none: where the CPU was, then its first trace. */
export function defaultFrames(at: Frame | undefined, stacks: readonly Stack[] | undefined): Frame[] {
  const label = stacks?.[0]?.label;
  const first = stacks?.filter((s) => s.label === label && s.cpu === stacks[0]?.cpu).flatMap((s) => s.frames) ?? [];
  return at === undefined ? first : [at, ...first];
}

const DEFAULT_SKIP: ReadonlySet<Machinery> = new Set(DEFAULT_MACHINERY);

function skippedFor({ skip, keep }: Naming): ReadonlySet<Machinery> {
  if (skip === undefined && keep === undefined) return DEFAULT_SKIP;
  const kinds = keep === 'all' ? [] : DEFAULT_MACHINERY.filter((kind) => !keep?.includes(kind));
  return new Set([...kinds, ...(skip ?? [])]);
}

/**
 * The guilty frame: the first reliable one with a name that is not machinery. Inlined callees are named by symbolisers only and
 * do not count. Unreliable frames count where there is no other.
 */
export function guiltyFrame(frames: readonly Frame[], naming: Naming): Frame | undefined {
  const skip = skippedFor(naming);
  const isMachinery = (symbol: string): boolean => {
    for (const kind of machineryOf(symbol)) if (skip.has(kind)) return true;
    return false;
  };
  // Offset 0 below the top is the function behind one that never returned (panic()), not the one that called.
  const candidates = frames.filter((f, i) => f.symbol !== undefined && f.inlined !== true && (i === 0 || f.offset !== 0) && !isBeyond(f));
  const guilty = candidates.filter((f) => f.reliable !== false && !isMachinery(f.symbol ?? ''));
  // Nobody's own code on the stack: what was handed an object comes next, then what the unwinder is not sure of.
  const owner = guilty[0];
  if (owner === undefined || machineryOf(owner.symbol ?? '').has('entry')) {
    const handed = candidates.find((f) => f.reliable !== false && [...machineryOf(f.symbol ?? '')].every((r) => LAYERS.has(r)));
    if (handed !== undefined) return handed;
  }
  if (owner === undefined) return candidates.find((f) => f.reliable === false && !isMachinery(f.symbol ?? ''));
  return naming.overflow ? deepest(guilty) : guilty[0];
}

/** Generic layers that carry out what their caller asked for on the object that it handed them. */
const LAYERS: ReadonlySet<string> = new Set(['container', 'helper', 'device-core', 'work', 'object']);

/** `sym+0x47d0/0x7d0`: the address only lies somewhere behind the symbol. */
const isBeyond = (f: Frame): boolean => typeof f.offset === 'number' && typeof f.size === 'number' && f.offset > f.size;

/** Entry points of operations: what a deep stack was about. Scanned from the innermost. */
const OPERATION =
  /^(?:__(?:x64|ia32|arm64|s390x?|riscv|se|do)_(?:compat_)?sys_\w+|SyS_\w+|SYSC_\w+|sys_\w+|wb_workfn)$|^(?!do_)\w*_(?:ioctl|setsockopt|getsockopt|newlink|dellink|setlink|sendmsg|recvmsg|bind|connect|listen|mmap|write_iter|read_iter|release|workfn)$/;

/** A function that recurs is what ran the stack out; else the operation below, as where the stack ended is chance. */
function deepest(guilty: readonly Frame[]): Frame | undefined {
  const first = guilty[0];
  const times = guilty.filter((f) => f.symbol === first?.symbol).length;
  return times >= 3 ? first : (guilty.find((f) => OPERATION.test(bareSymbol(f.symbol ?? ''))) ?? first);
}
