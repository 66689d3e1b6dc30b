import { createToken } from 'chevrotain';
import type { Modes } from '../common/parser.ts';
import { ANY_CHAR, Blank, lead, Word } from '../common/tokens.ts';

/** arm and arm64 say this before the name of the trap. */
export const InternalError = createToken({ name: 'InternalError', pattern: /Internal error: ?/ });
/** Before a name, as powerpc has it, and x86 since 6.12; `Oops: 0002` and `Oops: a07` are names with their code. */
export const OopsPrefix = createToken({ name: 'OopsPrefix', pattern: /Oops: (?![0-9a-f]{1,16}(?:\s|\[))(?=[A-Za-z])/ });
/** The name that die() was given: up to its code, its counter or the address that goes with it. */
export const TrapName = createToken({
  name: 'TrapName',
  pattern: /[A-Za-z](?:(?! for (?:non-canonical )?address )[^:,[\n])*/,
  line_breaks: false,
});
/** `: 0002`, before the counter or at the end of a line that was cut. */
export const TrapCode = createToken({ name: 'TrapCode', pattern: /:[ \t]*[0-9a-f]{1,16}(?=[ \t]*\[#|[ \t]|(?![^\n]))/ });
/** s390: the length of the instruction. */
export const Ilc = createToken({ name: 'Ilc', pattern: /ilc:\d+/ });
export const SignalLead = createToken({ name: 'SignalLead', pattern: /, sig: (?=\d)/ });
/** x86: `, probably for non-canonical address`, `, maybe for address`; without the comma in 5.5. */
export const AddressHint = createToken({
  name: 'AddressHint',
  pattern: /,? (?:[A-Za-z-]+ ){1,6}(?=0x[0-9a-f])/,
  start_chars_hint: [' ', ','],
});
export const HexNumber = createToken({ name: 'HexNumber', pattern: /0x[0-9a-f]+/ });
export const Decimal = createToken({ name: 'Decimal', pattern: /\d+/ });
/** How many times the kernel died in this boot. */
export const DieCounter = lead('DieCounter', /\[#\d+\]/, 'die-options');
/** `SMP`, `PREEMPT`, `PREEMPT_RT`, `NOPTI`, `ARM`: what the kernel was built with. */
export const DieOption = createToken({ name: 'DieOption', pattern: /[A-Z][A-Z0-9_]+(?![^\s])/ });

/** arm64 `ESR = `, `Exception class = `, `FSC = `. */
export const Key = createToken({ name: 'Key', pattern: /[A-Za-z][A-Za-z0-9 ]*(?= = [^\s,])/ });
export const Equals = createToken({ name: 'Equals', pattern: / ?= /, start_chars_hint: [' ', '='] });
/** What a code means: `: level 0 translation fault`. */
export const Meaning = createToken({ name: 'Meaning', pattern: /: [^,\n]+/, line_breaks: false });
export const Comma = createToken({ name: 'Comma', pattern: /, ?/ });
/** A value that is no number: `DABT (current EL)`, `32 bits`. */
export const Value = createToken({
  name: 'Value',
  pattern: /[^\s,][^,\n]*/,
  line_breaks: false,
  start_chars_hint: ANY_CHAR.filter((c) => c !== 32 && c !== 44),
});

/** arm `Register r0 information:`. */
export const RegisterName = createToken({ name: 'RegisterName', pattern: /Register [a-z]+\d* information:/ });
/** mm/slab_common.c kmem_dump_obj(): the cache is named where it is known. */
export const SlabLead = createToken({ name: 'SlabLead', pattern: /slab(?:_\w+)?(?= )/ });
const CacheLead = createToken({
  name: 'CacheLead',
  pattern: /slab(?:_\w+)? (?!start [0-9a-f]|data offset|pointer offset)/,
  categories: SlabLead,
  push_mode: 'cache',
});
export const CacheName = createToken({
  name: 'CacheName',
  pattern: /[^\s]+/,
  start_chars_hint: ANY_CHAR.filter((c) => c !== 32 && c !== 9),
  pop_mode: true,
  line_breaks: false,
});
export const StartLead = createToken({ name: 'StartLead', pattern: /start(?:ing at)? (?=(?:0x)?[0-9a-f]{8,16}(?!\S))/ });
export const DataOffset = createToken({ name: 'DataOffset', pattern: /data offset \d+/ });
export const OffsetLead = createToken({ name: 'OffsetLead', pattern: /pointer offset (?=\d{1,7}(?!\d))/ });
export const SizeLead = createToken({ name: 'SizeLead', pattern: /size (?=\d{1,7}(?!\d))/ });
export const AllocatedAt = createToken({
  name: 'AllocatedAt',
  pattern: /allocated at (?=[A-Za-z_.$][^\s]*\+0x[0-9a-f]+\/0x[0-9a-f])/,
  push_mode: 'allocated-at',
});
export const ObjectAddress = createToken({ name: 'ObjectAddress', pattern: /(?:0x)?[0-9a-f]{8,16}(?!\S)/ });
/** mm/vmalloc.c vmalloc_dump_obj(). */
export const PagesLead = createToken({ name: 'PagesLead', pattern: /\d+-page(?= )/ });
export const RegionName = createToken({ name: 'RegionName', pattern: /vmalloc region/ });
/** mm/util.c mem_dump_obj(): `NULL pointer`, `non-paged memory`. */
export const MemoryKind = createToken({
  name: 'MemoryKind',
  pattern: /(?:NULL|zero-size) pointer|(?:non-paged|non-slab\/vmalloc|vmalloc) memory/,
});
export const AllocatorSymbol = createToken({ name: 'AllocatorSymbol', pattern: /[A-Za-z_.$][^\s]*\+0x[0-9a-f]+\/0x[0-9a-f]+/ });
export const AllocatorModule = createToken({ name: 'AllocatorModule', pattern: /\[[^\]\n]+\]/, line_breaks: false });

export const MODES: Modes = {
  die: [InternalError, OopsPrefix, Ilc, TrapName, TrapCode, SignalLead, AddressHint, DieCounter, HexNumber, Decimal, Blank, Word],
  'die-options': [Blank, DieOption, Word],
  assignments: [Key, Equals, HexNumber, Meaning, Comma, Value, Blank],
  'register-information': [
    Blank,
    RegisterName,
    CacheLead,
    SlabLead,
    PagesLead,
    StartLead,
    DataOffset,
    OffsetLead,
    SizeLead,
    AllocatedAt,
    RegionName,
    MemoryKind,
    ObjectAddress,
    Decimal,
    Word,
  ],
  cache: [CacheName],
  'allocated-at': [Blank, AllocatorSymbol, AllocatorModule, Word],
};
