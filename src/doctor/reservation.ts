import { parseSize } from './text.ts';

/** What `crashkernel=` asks for, in bytes of a machine's memory. */
export interface Reservation {
  readonly bytes: number;
  /** `auto` of RHEL up to 8: the kernel's own choice, of which the size is not known here. */
  readonly auto?: boolean | undefined;
}

/**
 * What one `crashkernel=` reserves on a machine of so much memory: `256M`, `256M@16M`, `256M,high`, `1G-4G:192M,4G-:256M`
 * (Documentation/admin-guide/kdump/kdump.rst). A `,low` part adds to a `,high` one; `,cma` (6.17) is lent out while nothing crashes.
 * Undefined where it is malformed.
 */
export function reservation(value: string, memory: number): Reservation | undefined {
  if (value === 'auto') return { bytes: 0, auto: true };
  const bare = value.replace(/@\w+$/, '').replace(/,(high|low|cma)$/, '');
  const plain = parseSize(bare);
  if (plain !== undefined) return { bytes: plain };
  const ranges = bare.split(',').map((range) => /^(\w+)-(\w*):(\w+)$/.exec(range));
  let bytes: number | undefined;
  for (const range of ranges) {
    const [, from = '', to = '', amount = ''] = range ?? [];
    const [low, high, wanted] = [parseSize(from), to === '' ? Number.POSITIVE_INFINITY : parseSize(to), parseSize(amount)];
    if (low === undefined || high === undefined || wanted === undefined) return undefined;
    if (memory >= low && memory < high) bytes ??= wanted;
  }
  return { bytes: bytes ?? 0 };
}

const G = 2 ** 30;
const M = 2 ** 20;
/** What RHEL 9 reserves by default, by memory, highest first (`kdumpctl get-default-crashkernel`): [from, bytes]. */
const DEFAULTS: ReadonlyMap<string, readonly (readonly [from: number, bytes: number])[]> = new Map(
  Object.entries({
    x86_64: [
      [64 * G, 512 * M],
      [4 * G, 256 * M],
      [G, 192 * M],
    ],
    aarch64: [
      [64 * G, 576 * M],
      [4 * G, 320 * M],
      [G, 256 * M],
    ],
    ppc64le: [
      [128 * G, 4 * G],
      [64 * G, 2 * G],
      [16 * G, G],
      [4 * G, 512 * M],
      [2 * G, 384 * M],
    ],
    s390x: [
      [64 * G, 512 * M],
      [4 * G, 256 * M],
      [G, 192 * M],
    ],
  }),
);

/** Bytes that a capture kernel with its drivers and makedumpfile is known to do with; undefined where the machine is too small or unknown. */
export const recommended = (architecture: string | undefined, memory: number): number | undefined =>
  DEFAULTS.get(architecture ?? '')?.find(([from]) => memory >= from)?.[1];
