import { type AddressClass, type AddressContext, describeAddress } from './address.ts';
import { type Arch, pointerBits } from './arch.ts';
import { decodeEflags } from './eflags.ts';
import { errnoName } from './errno.ts';
import { parseHex, toHex } from './hex.ts';
import type { KernelRelease } from './kernel-release.ts';
import { matchPoisonBytes } from './poison.ts';
import { isApart, isStateRegister, REGISTER_NAMES } from './register-names.ts';

/** What the value of a register looks like, in a word or two; `certain` is false where only the value says so. */
export interface RegisterClass {
  readonly text: string;
  readonly certain: boolean;
  /** A sentence on what is worth one: poison, error pointers, addresses that no pointer has. */
  readonly remark?: string;
}

const WORDS: Readonly<Record<AddressClass, string>> = {
  null: 'NULL',
  poison: 'poison',
  fill: 'poison',
  'error-pointer': 'ERR_PTR',
  'stack-guard': 'stack guard',
  'kasan-shadow': 'KASAN shadow',
  user: 'user',
  'non-canonical': 'wild',
  'direct-map': 'directmap',
  vmalloc: 'vmalloc',
  vmemmap: 'vmemmap',
  module: 'module',
  'kernel-text': 'image',
  kernel: 'kernel',
  fixed: 'fixed map',
};

/** Below this a value is a number. */
const SMALL = 0x1000n;
/** A number of 32 bits on a 64-bit machine. */
const WORD = 1n << 32n;
/** How far two registers may lie apart to point into one object, and into one stack. */
const OBJECT = 0x100n;
const STACK = 0x1000n;

const CERTAIN = (text: string): RegisterClass => ({ text, certain: true });

/** The class of each register that has one, by its name. Total: values that are no hex numbers have none. */
export function classifyRegisters(
  registers: Readonly<Record<string, string>>,
  context: { readonly arch: Arch; readonly release?: KernelRelease | undefined },
): ReadonlyMap<string, RegisterClass> {
  const { arch } = context;
  const values = Object.entries(registers).flatMap(([name, text]): [string, bigint][] => {
    const value = parseHex(text);
    return value === undefined ? [] : [[name, value]];
  });
  const classes = new Map<string, RegisterClass>();
  for (const [name, value] of values) {
    const found = isStateRegister(name)
      ? name === 'EFLAGS' && CERTAIN(decodeEflags(value))
      : (number(value, pointerBits(arch)) ?? telling(value, context) ?? near(name, value, values, arch) ?? place(name, value, context));
    if (found) classes.set(name, found);
  }
  return classes;
}

function number(value: bigint, bits: 32 | 64): RegisterClass | undefined {
  if (value === 0n) return CERTAIN('NULL');
  if (value < SMALL) return CERTAIN(`int ${value}`);
  const below = (1n << BigInt(bits)) - value;
  if (below > 4095n || below <= 0n) return undefined;
  const name = errnoName(Number(below));
  return name === undefined
    ? CERTAIN(`int -${below}`)
    : { text: `-${name}`, certain: false, remark: `-${below}: the error ${name}, if it is one` };
}

/** Values that tell a bug by themselves. */
function telling(value: bigint, context: AddressContext): RegisterClass | undefined {
  const letters = lettersOf(value, context.arch);
  if (letters !== undefined && matchPoisonBytes(value, 64) === undefined) {
    return { text: 'text', certain: false, remark: `the letters "${letters}": a string was written here, or this is one being copied` };
  }
  const meaning = describeAddress(value, context);
  if (meaning === undefined) return undefined;
  const { class: kind, text, certain } = meaning;
  if (kind === 'poison' || kind === 'fill') return { text: text.split(':', 1)[0]!, certain, remark: text };
  return kind === 'kasan-shadow' && certain ? { text: WORDS[kind], certain, remark: text } : undefined;
}

/** Eight printable bytes in the order of memory: all these machines but s390x print them the other way round. */
function lettersOf(value: bigint, arch: Arch): string | undefined {
  const text = Buffer.from(value.toString(16).padStart(16, '0'), 'hex').toString('latin1');
  if (pointerBits(arch) === 32 || !/^[\x20-\x7e]{8}$/.test(text)) return undefined;
  return arch === 's390x' ? text : [...text].reverse().join('');
}

/** `RBX+0x10`: what is so near to another register points into the same object; arithmetic, not a guess. */
function near(name: string, value: bigint, values: readonly (readonly [string, bigint])[], arch: Arch): RegisterClass | undefined {
  const { stackPointer } = REGISTER_NAMES[arch];
  if (name === stackPointer) return CERTAIN('stack');
  if (value < WORD >> 4n || isApart(name)) return undefined;
  let base: readonly [string, bigint] | undefined;
  for (const other of values) {
    const [otherName, at] = other;
    if (otherName === name || isApart(otherName) || isStateRegister(otherName)) continue;
    if (otherName === stackPointer && at === value) return CERTAIN(`= ${otherName}`); // a frame pointer at the frame's beginning
    if (at >= value || value - at > (otherName === stackPointer ? STACK : OBJECT)) continue;
    if (base === undefined || at > base[1]) base = other;
  }
  return base && CERTAIN(`${base[0]}+${toHex(value - base[1])}`);
}

function place(name: string, value: bigint, context: AddressContext): RegisterClass | undefined {
  const meaning = describeAddress(value, context);
  if (meaning === undefined) return undefined;
  const text = WORDS[meaning.class];
  if (meaning.class === 'user' && value < WORD && pointerBits(context.arch) === 64 && !isApart(name))
    return { text: 'user/int', certain: false };
  if (meaning.class === 'non-canonical') return { text, certain: false, remark: meaning.text };
  return { text, certain: false };
}
