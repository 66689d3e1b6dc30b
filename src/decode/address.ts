import { type Arch, pointerBits } from './arch.ts';
import { type BelowNull, belowNull } from './below-null.ts';
import { parseHex, toHex } from './hex.ts';
import { atLeast, type KernelRelease } from './kernel-release.ts';
import type { RegionKind } from './layout/layout.ts';
import { LAYOUTS } from './layout/layouts.ts';
import { matchPoisonBytes, matchPoisonPointer, type PoisonMatch } from './poison.ts';

export type AddressClass = 'null' | 'poison' | 'fill' | 'error-pointer' | 'stack-guard' | 'kasan-shadow' | RegionKind;

/** What an address is. `certain` is false where another reading is possible: show it as a guess. */
export interface AddressMeaning {
  readonly class: AddressClass;
  readonly text: string;
  readonly certain: boolean;
}

export interface AddressContext {
  readonly arch: Arch;
  readonly release?: KernelRelease | undefined;
  /** Where the stack pointer was: a fault just below it is the stack's guard page. */
  readonly stackPointer?: bigint | undefined;
  /** What the general registers held: the pointer that the address was computed from may be among them. */
  readonly bases?: (() => readonly bigint[]) | undefined;
  /** The page walk of x86 reached an empty last entry (`PTE 0`): the direct map has large pages there, or entries that are not empty. */
  readonly emptyPte?: boolean | undefined;
}

/** Pointers below this are NULL plus a member: mm/fault.c tells NULL dereferences by PAGE_SIZE, structures can be larger. */
const NULL_REACH = 0x1000n;

/** Says what the address of a fault (hex text or number) is; undefined when it says nothing. Never throws. */
export function describeAddress(address: bigint | string, context: AddressContext): AddressMeaning | undefined {
  const value = typeof address === 'string' ? parseHex(address) : address;
  const bits = pointerBits(context.arch);
  if (value === undefined || value < 0n || value >> BigInt(bits)) return undefined;
  return (
    nullPointer(value, bits) ??
    uncertain(belowNull(value, bits, context.bases)) ??
    poison(value, context.arch) ??
    stackGuard(value, context.stackPointer) ??
    kasanShadow(value, context) ??
    region(value, context)
  );
}

const uncertain = (meaning: BelowNull | undefined): AddressMeaning | undefined => meaning && { ...meaning, certain: false };

function nullPointer(address: bigint, bits: 32 | 64): AddressMeaning | undefined {
  if (address === 0n) return { class: 'null', text: 'NULL', certain: true };
  if (address >= NULL_REACH) return undefined;
  const member = `NULL + ${toHex(address)}: the member at offset ${address} of a NULL pointer`;
  // on 32 bits poison has no delta since 4.3, so 0x100 and 0x122 are list poison as well
  const list = bits === 32 && (address === 0x100n || address === 0x122n || address === 0x104n || address === 0x126n || address === 0x200n);
  return { class: 'null', text: list ? `${member}, or LIST_POISON of a deleted list entry` : member, certain: !list };
}

function poison(address: bigint, arch: Arch): AddressMeaning | undefined {
  const bits = pointerBits(arch);
  for (const candidate of arch === 'arm64' ? withTag(address) : [address]) {
    const pointer = matchPoisonPointer(candidate, bits);
    if (pointer) return { class: 'poison', text: named(pointer), certain: true };
    const fill = matchPoisonBytes(candidate, bits);
    if (fill) return { class: 'fill', text: named(fill), certain: bits === 64 };
  }
  return undefined;
}

/**
 * The address as it is, and as it may have been: arm64 reports fault addresses without their top byte (untagged_addr(), since 5.2,
 * extends bit 55), so that 6b6b… is told as 006b6b… and dead… as ffad….
 */
function withTag(address: bigint): bigint[] {
  const low = address & 0x00ffffffffffffffn;
  return [address, low | 0xde00000000000000n, low | ((low >> 48n) << 56n)];
}

function named({ name, meaning, offset }: PoisonMatch): string {
  const plus = offset === 0n ? '' : offset > 0n ? ` + ${toHex(offset)}` : ` - ${toHex(-offset)}`;
  return `${name}${plus}: ${meaning}`;
}

/** Kernel stacks grow down into an unmapped page (CONFIG_VMAP_STACK, since 4.9 on x86, 4.14 on arm64). */
function stackGuard(address: bigint, stackPointer: bigint | undefined): AddressMeaning | undefined {
  if (stackPointer === undefined || stackPointer < NULL_REACH) return undefined;
  const gap = stackPointer - address;
  const differentPage = stackPointer >> 12n !== address >> 12n || (stackPointer & 0xfffn) === 0n;
  if (gap < -0x100n || gap > 0x1000n || !differentPage) return undefined;
  return { class: 'stack-guard', text: 'just below the stack pointer: the kernel stack overflowed into its guard page', certain: false };
}

/** Inline KASAN checks read the shadow first, so a wild pointer faults there: mm/kasan/report.c kasan_non_canonical_hook(). */
function kasanShadow(address: bigint, { arch }: AddressContext): AddressMeaning | undefined {
  const { kasanOffset, userEnd } = LAYOUTS[arch];
  if (kasanOffset === undefined || address < kasanOffset || address >= kasanOffset + (userEnd >> 3n)) return undefined;
  const original = (address - kasanOffset) << 3n;
  const range = `${toHex(original)}-${toHex(original + 7n)}`;
  const what = original < NULL_REACH ? 'a NULL pointer' : original < userEnd ? 'a user-space address' : 'a wild pointer';
  return { class: 'kasan-shadow', text: `KASAN shadow of ${range}: the access was to ${what}`, certain: true };
}

function region(address: bigint, context: AddressContext): AddressMeaning | undefined {
  const { arch, release } = context;
  const found = LAYOUTS[arch].regions(release).find((r) => address >= r.from && address <= r.to);
  if (found !== undefined && arch === 'x86-64') {
    const moved = movedRegion(address, found.kind, context);
    if (moved !== undefined) return { ...moved, certain: false };
  }
  return found && { class: found.kind, text: found.text, certain: found.kind === 'user' };
}

/** Kernel stacks lie in vmalloc since 4.9 (CONFIG_VMAP_STACK), whose 32 TiB KASLR moves as a whole. */
const NEAR_STACK = 1n << 40n;

/** KASLR moves the direct map and vmalloc of x86-64 anywhere: what stands beside the address tells them apart. */
function movedRegion(
  address: bigint,
  kind: RegionKind,
  { release, stackPointer, emptyPte }: AddressContext,
): Omit<AddressMeaning, 'certain'> | undefined {
  if (kind !== 'direct-map' && kind !== 'vmalloc') return undefined;
  const stacksAreMapped = release !== undefined && atLeast(release, [4, 9]);
  const gap = stackPointer === undefined ? NEAR_STACK : address > stackPointer ? address - stackPointer : stackPointer - address;
  if (stacksAreMapped && gap < NEAR_STACK)
    return { class: 'vmalloc', text: 'vmalloc, where the kernel stack is as well: a stack, a vmalloc buffer, or registers of a device' };
  if (emptyPte)
    return {
      class: 'vmalloc',
      text: 'vmalloc, as the last page table is there and its entry empty: a buffer or registers of a device that are unmapped',
    };
  return undefined;
}
