import { createToken, type TokenType } from 'chevrotain';
import { InnerSymbol, ModuleRef } from '../call-trace/tokens.ts';
import type { Modes } from '../common/parser.ts';
import { ANY_CHAR, Blank, lead, Word } from '../common/tokens.ts';

const NOT_BLANK = ANY_CHAR.filter((c) => c !== 32 && c !== 9);
const token = (name: string, pattern: RegExp): TokenType => createToken({ name, pattern, line_breaks: false });

export const HexNumber = token('HexNumber', /0x[0-9a-f]+/);

/** kernel/panic.c __warn(). */
export const WarnLead = token('WarnLead', /WARNING: ?/);
export const OnCpuPid = token('OnCpuPid', /CPU: \d+ PID: \d+/);
export const At = token('At', /at(?=[ \t])/);
/** `[!ready]`: the condition of a WARN, whatever the source has there. */
export const Condition = token('Condition', /\[[^\n]{1,400}\](?= [^\s:,]+:\d+\s)/);
/** `fs/inode.c:338`. */
export const SourceLine = createToken({
  name: 'SourceLine',
  pattern: /[^\s:,]+:\d+(?=[\s,]|(?![^\n]))/,
  start_chars_hint: NOT_BLANK,
  line_breaks: false,
});
export const Parens = token('Parens', /\(\)/);
/** Behind the function, until 2.6.38. */
export const WarnTaint = token('WarnTaint', /\((?:Not tainted|Tainted: [A-Z][A-Z -]*)\)/);
/** A function without offset, as until 2.6.2x. */
export const BareSymbol = token('BareSymbol', /[A-Za-z_.$<][^\s+(,]*/);
/** `, CPU#1: comm/30`, since 6.18. */
export const CpuTask = lead('CpuTask', /, CPU#\d+: /, 'task');
/** `comm/pid`: a comm may hold anything, a `/` too. */
export const TaskName = createToken({
  name: 'TaskName',
  pattern: /[^\n]*(?=\/\d+[ \t:]*(?![^\n]))/,
  line_breaks: false,
  start_chars_hint: ANY_CHAR,
});
export const TaskPid = token('TaskPid', /\/\d+/);

/** mm/kasan/report.c print_error_description(): `Read of size 8 at addr ffff888003d1e800 by task java/30`. */
export const AccessKind = token('AccessKind', /(?:Read|Write|Free)(?= )/);
export const OfSize = token('OfSize', /of size \d+/);
export const AtAddress = token('AtAddress', /(?:at|of) addr [0-9a-f]{1,16}(?![0-9a-f])/);
export const ByTask = lead('ByTask', /by task /, 'task');

/** kernel/kcsan/report.c print_report(): `write (marked) to 0xffff888003d1e800 of 8 bytes by task 30 on cpu 1:`. */
export const UnknownOrigin = token('UnknownOrigin', /race at unknown origin, with /);
export const RaceKind = token('RaceKind', /(?:assert no (?:accesses|writes)|read-write|read|write)(?: \([a-z, ]+\)){0,4}(?= to 0x)/);
export const ToAddress = token('ToAddress', /to 0x[0-9a-f]+/);
export const OfBytes = token('OfBytes', /of \d+ bytes?/);
export const ByTaskId = token('ByTaskId', /by task \d+/);
export const ByInterrupt = token('ByInterrupt', /by interrupt/);
export const OnCpu = token('OnCpu', /on cpu \d+/);

/** mm/kfence/report.c kfence_report_error(). */
export const KfenceKind = token('KfenceKind', /(?:Out-of-bounds|Use-after-free|Invalid|Corrupted) (?:read|write|free|memory|access)/);
export const AtHex = token('AtHex', /(?:at|of) 0x[0-9a-f]+/);
/** `[ 0xac . ! ]`: bytes of the canary. */
export const Canary = token('Canary', /\[[^\]\n]*\]/);
export const BytesBeside = token('BytesBeside', /\(\d+B (?:left|right) of /);
export const KfenceName = token('KfenceName', /kfence-#\d+/);
/** Between the parts of an object's description. */
export const Mark = token('Mark', /[[\],:]/);
/** `0xffff888003d1e800-0xffff888003d1e83f`. */
export const HexRange = token('HexRange', /0x[0-9a-f]+-0x[0-9a-f]+/);
/** `size=64`, `cache=kmalloc-64`, `objects=16`, `fp=0x…`, `age=12`, `@offset=64`. */
export const Assignment = token('Assignment', /@offset=\d+|[a-z]+=[^\s,\])(]+/);
/** What the flags are: `(slab|node=0|zone=1)`. */
export const FlagNames = token('FlagNames', /\([^)\n]+\)/);

/** mm/slub.c print_tracking(): `Allocated in sym+0x1/0x2 [driver_xyz] age=12 cpu=1 pid=30`; `INFO: ` before it until 5.13. */
export const TrackLead = token('TrackLead', /(?:INFO: )?(?:Allocated|Freed) in /);
/** mm/slub.c print_page_info(), print_trailer(). */
export const SlabSubject = token('SlabSubject', /(?:INFO: )?(?:Slab|Object) (?=0x)/);
/** mm/slub.c check_bytes_and_report(): since 5.14 in brackets what is wrong. */
export const Overwritten = token('Overwritten', /\[[^\]\n]* overwritten\]/);
export const InfoLead = token('InfoLead', /INFO: (?=0x)/);
export const FirstByte = token('FirstByte', /First byte (?=0x[0-9a-f])/);
export const InsteadOf = token('InsteadOf', /instead of (?=0x[0-9a-f])/);

/** mm/debug.c dump_page(): `refcount:1`, `mapping:(null)`, `flags: 0x…(locked|…)`; before 4.20 blanks before a null. */
export const FieldName = token('FieldName', /[a-z_]+(?=:)/);
export const Colon = token('Colon', /:[ \t]*/);
export const FieldValue = createToken({
  name: 'FieldValue',
  pattern: /\(null\)|[^\s(]+/,
  start_chars_hint: NOT_BLANK,
  line_breaks: false,
});

export const MODES: Modes = {
  warn: [
    Blank,
    WarnLead,
    OnCpuPid,
    At,
    Condition,
    SourceLine,
    InnerSymbol,
    ModuleRef,
    HexNumber,
    CpuTask,
    Parens,
    WarnTaint,
    BareSymbol,
    Word,
  ],
  task: [TaskPid, TaskName, Word],
  access: [Blank, AccessKind, OfSize, AtAddress, ByTask, Word],
  race: [Blank, UnknownOrigin, RaceKind, ToAddress, OfBytes, ByTaskId, ByInterrupt, OnCpu, Word],
  'kfence-access': [Blank, KfenceKind, AtHex, Canary, BytesBeside, KfenceName, Word],
  'kfence-object': [Blank, KfenceName, HexRange, Assignment, Mark, ByTaskId, OnCpu, Word],
  track: [Blank, TrackLead, InnerSymbol, ModuleRef, Assignment, Word],
  slab: [Blank, SlabSubject, Overwritten, InfoLead, HexRange, HexNumber, FirstByte, InsteadOf, Assignment, FlagNames, Word],
  page: [Blank, FieldName, Colon, FieldValue, FlagNames, Word],
};
