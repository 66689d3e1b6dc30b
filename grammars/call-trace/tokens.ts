import { createToken, Lexer } from 'chevrotain';
import type { Modes } from '../common/parser.ts';
import { anyOf } from '../common/pattern.ts';
import { ANY_CHAR, Blank, lead, Word } from '../common/tokens.ts';

/** `sym+0x1/0x2`; x86-64 until 2.6.23 `:mod:sym+0x1/0x2`. Rust paths may hold ` as `: `<a::B as c::D>::e+0x1/0x2`. */
const SYMBOL = /\(?(?::\w+:)?[A-Za-z_.$<][^\s()+\n]*(?: as [^\s()+\n]+)*\+0x[0-9a-f]+\/0x[0-9a-f]+\)?/;
const SymbolRef = createToken({ name: 'SymbolRef', pattern: Lexer.NA });
export const FrameSymbol = createToken({
  name: 'FrameSymbol',
  pattern: SYMBOL,
  categories: SymbolRef,
  push_mode: 'frame',
  line_breaks: false,
});
export const InnerSymbol = createToken({ name: 'InnerSymbol', pattern: SYMBOL, categories: SymbolRef, line_breaks: false });

/** Of a line that ends in the middle: `sym+0x1`, `sym+0x1/0x`. */
export const CutSymbol = createToken({
  name: 'CutSymbol',
  pattern: /[A-Za-z_.$][\w.$]*\+0x[0-9a-f]*(?:\/(?:0x?)?)?(?![^\n])/,
  line_breaks: false,
});

/** `[<ffffffff81000000>]`, s390's `([<…>]`, powerpc's `[c000…]`, `[<(ptrval)>]`. */
export const BracketAddress = createToken({
  name: 'BracketAddress',
  pattern: /\(?\[<?\s*(?:(?:0x)?[0-9a-f]{3,16}|\(ptrval\)|\(null\)|_{3,8}ptrval_{3,8})>?\]\)?:?[ \t]*/,
  line_breaks: false,
});
export const Question = createToken({ name: 'Question', pattern: /\?[ \t]*/ });
export const SectionTag = createToken({
  name: 'SectionTag',
  pattern:
    /<{1,2}\/?(?:TASK|IRQ|NMI|SOFTIRQ|EOI|EOE|MCE|UNK|STACK|#[A-Z]{2,3}|DOUBLEFAULT|ENTRY_TRAMPOLINE|SYSENTER|exception_stack|[A-Z]+_STACK)(?:-\w+)?>{1,2}[ \t]*/,
  line_breaks: false,
});
/** `__dump_stack lib/dump_stack.c:15 [inline]`: a symbolised log names inlined callees without an offset. */
export const InlinedFrame = createToken({
  name: 'InlinedFrame',
  pattern: /[A-Za-z_.$<][^\s]* [^\s:]+:\d+(?: \(discriminator \d+\))? ?\[inline\]/,
  line_breaks: false,
});
/** arm's `(memset) from` and `fault_null [driver_xyz] from`: who was called; the frame is what follows. */
export const CalledFrom = createToken({
  name: 'CalledFrom',
  pattern: /(?:\([\w.$]+\)|[A-Za-z_.$][\w.$]*(?: \[[^\]\s]+\])?) from +/,
  line_breaks: false,
});
export const BareAddress = createToken({
  name: 'BareAddress',
  pattern: /0x[0-9a-f]{3,16}(?:\/0x[0-9a-f]+)?(?!\S)/,
  push_mode: 'frame',
  line_breaks: false,
});
export const InnerAddress = createToken({ name: 'InnerAddress', pattern: /0x[0-9a-f]+/, line_breaks: false });

export const From = createToken({ name: 'From', pattern: /from(?= )/ });
export const Inlined = createToken({ name: 'Inlined', pattern: /\[inline\]/ });
export const Unreliable = createToken({ name: 'Unreliable', pattern: /\(unreliable\)/ });
/** `[driver_xyz]`, `[driver_xyz OE 0123456789…]`: module, taint, build id (since 5.14). */
export const ModuleRef = createToken({ name: 'ModuleRef', pattern: /\[[A-Za-z_][^\]\n]{0,200}\]/, line_breaks: false });
export const SourceLine = createToken({ name: 'SourceLine', pattern: /[A-Za-z0-9_./][^\s:[\]()]*\.\w+:\d+/, line_breaks: false });

/** `CPU: 1 UID: 0 PID: 30 Comm: …`; arm before 3.11 had `CPU: 0    Not tainted  (2.6.32 #1)`. */
export const CpuLead = lead('CpuLead', /CPU: ?\d+(?=[ \t]+(?:UID:|PID:|Not tainted|Tainted:))/, 'cpu');
/** `FTT: 0 0` of Samsung, between the comm and the taint. */
const VENDOR_FIELD = String.raw`(?!Kdump|Tainted)[A-Z][A-Za-z]{1,15}:(?: \w{1,16}){1,4}(?= +(?:Kdump: |Not tainted|Tainted: ))`;
/** x86 and others before 3.9: `Pid: 30, comm: kworker/0:1 Not tainted 2.6.32 #1`. */
export const PidLead = lead('PidLead', /Pid: ?\d+, comm: /, 'comm');
export const Uid = createToken({ name: 'Uid', pattern: /UID: ?\d+/ });
export const Pid = createToken({ name: 'Pid', pattern: /PID: ?-?\d+/ });
export const CommLead = createToken({ name: 'CommLead', pattern: /Comm: /, pop_mode: true, push_mode: 'comm' });
/** What the kernel prints behind a comm. */
const BEHIND_COMM = String.raw`(?= {1,4}(?:Kdump: |Not tainted|Tainted: |\d+\.\d+\.\d[\w.+-]* #\d))`;
/** At most 15 bytes of anything (TASK_COMM_LEN), up to what the kernel prints behind it; vendors put a field of their own between. */
export const Comm = createToken({
  name: 'Comm',
  pattern: new RegExp(
    [
      String.raw`[^\n]{1,15}?${BEHIND_COMM}`,
      String.raw`[^\n]{1,15}?(?= {1,4}${VENDOR_FIELD})`,
      String.raw`[^\n]{1,64}?${BEHIND_COMM}`,
      String.raw`[^\n]+`,
    ].join('|'),
  ),
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
  pop_mode: true,
  push_mode: 'taint',
});
export const VendorField = createToken({ name: 'VendorField', pattern: new RegExp(VENDOR_FIELD), line_breaks: false });
export const Kdump = createToken({ name: 'Kdump', pattern: /Kdump: loaded/ });
export const NotTainted = createToken({ name: 'NotTainted', pattern: /Not tainted/ });
/**
 * One letter or blank a flag, then the release, which begins with a number: `Tainted: G    B   W  OE      6.1.0`. Red Hat prints a dash
 * for each bit without a meaning, and flags of its own behind and between: `--L------------`, `------------ T`, `---------r-  -`.
 */
export const Tainted = createToken({
  name: 'Tainted',
  pattern: /Tainted: [A-Z](?:[A-Za-z -]{0,60}[A-Za-z-])?(?=\s+\(?\d|\s*(?![^\n]))|Tainted: [A-Z](?:[A-Z ]*[A-Z])?(?!\S)/,
  line_breaks: false,
});
export const Release = createToken({
  name: 'Release',
  pattern: /[^\s]+[^\n]*/,
  line_breaks: false,
  start_chars_hint: Array.from({ length: 223 }, (_, i) => i + 33),
});

/** A module and the marks behind it: `driver_xyz(OE+)`. */
export const ModulesHead = createToken({ name: 'ModulesHead', pattern: /Modules linked in:/ });
export const LastUnloaded = createToken({ name: 'LastUnloaded', pattern: /\[last unloaded:[^\n]*/, line_breaks: false });
export const ModuleName = createToken({ name: 'ModuleName', pattern: /\w+(?=[\s(]|(?![^\n]))/ });
export const ModuleMarks = createToken({ name: 'ModuleMarks', pattern: /\([^)\s]*\)/, line_breaks: false });
/** powerpc and arm of the 2.6 days: bytes of the module. */
export const ModuleSize = createToken({ name: 'ModuleSize', pattern: /\d+(?=\s|(?![^\n]))/ });

/** x86 `RIP: 0010:sym`, `RIP: 0010:[<addr>]  [<addr>] sym`, `RIP  [<addr>] sym`, `EIP: 0060:[<addr>]`, `EIP is at sym`, `IP: sym`. */
export const PointerLead = lead(
  'PointerLead',
  anyOf(
    // x86
    '[RE]IP(?:: ?| is at | +)(?:[0-9a-f]{4}:)?|IP: (?:[0-9a-f]{4}:)?',
    // arm, arm64
    String.raw`PC is at |LR is at |(?:pc|lr) : (?=[A-Za-z_.$<(]\S*\+0x|0x|\(null\))`,
    // powerpc
    String.raw`NIP (?=\[)|LR (?=\[)`,
    // riscv, mips
    String.raw`(?:epc|ra)\s*: (?=(?:[0-9a-f]{8,16} )?[A-Za-z_.$<]\S*\+0x)`,
    // s390
    String.raw`(?:Krnl )?PSW : (?=[^\n]*\()`,
    // loongarch
    'ERA: ',
    // sparc, m68k
    String.raw`T?PC: <|RPC: <|PC: (?=\[<)`,
    // alpha
    '(?:pc|ra) is at ',
    // parisc
    String.raw`IAOQ\[0\]: (?=[A-Za-z_])|RP\(r2\): (?=[A-Za-z_])`,
  ),
  'pointer',
);
/** What stands behind a value is its decoding: `(Z--)`, `<SF,FI,RC=0x0>`. */
export const Decoding = createToken({ name: 'Decoding', pattern: /\([^)\n]{0,120}\)|<[A-Z][^>\n]{0,200}>/, line_breaks: false });
/** `RAX:`, `x9 :`, `$ 0   :`, `Krnl GPRS:`; loongarch names without a colon: `pc 9000000000201234`. */
export const RegisterLabel = createToken({
  name: 'RegisterLabel',
  pattern: /(?:(?:Krnl|User) GPRS|[A-Za-z$][A-Za-z_]{0,15}(?: ?\d{1,3})?)\s{0,4}:|[a-z][a-z0-9]\d?(?= [0-9a-f]{16}(?![0-9a-f]))/,
  line_breaks: false,
});
/** A value, perhaps behind its segment or in brackets: `0018:ffffc900`, `[<80b1f2a4>]`. */
export const RegisterValue = createToken({
  name: 'RegisterValue',
  pattern: /(?:[0-9a-f]{4}:)?\[?<?(?:0x)?[0-9a-f]{1,16}[>\])]*(?![^\s()])/i,
  line_breaks: false,
});
export const InnerInlined = createToken({
  name: 'InnerInlined',
  pattern: /[A-Za-z_.$<][^\s]* [^\s:]+:\d+(?: \(discriminator \d+\))? ?\[inline\]/,
  line_breaks: false,
});
export const RegisterName = createToken({
  name: 'RegisterName',
  pattern: /(?:\$ ?\d+|[A-Za-z][A-Za-z_]*\d*)\s*:|[a-z][a-z0-9]?\d?(?= [0-9a-f]{16})/,
  line_breaks: false,
});
export const Hex = createToken({ name: 'Hex', pattern: /(?:0x)?[0-9a-f]{1,16}(?![^\s(),>\]])/i, line_breaks: false });

/** The modes; the first of a row's line is named in its table (`rule.mode`), the others are entered by tokens. */
export const MODES: Modes = {
  'frame-line': [Blank, SectionTag, Question, Unreliable, FrameSymbol, BracketAddress, CalledFrom, InlinedFrame, BareAddress, Word],
  frame: [Blank, Inlined, Unreliable, From, BracketAddress, InnerSymbol, SourceLine, ModuleRef, InnerAddress, Word],
  who: [Blank, CpuLead, PidLead, Word],
  cpu: [Blank, Uid, Pid, CommLead, NotTainted, Tainted, Release],
  comm: [Comm],
  taint: [Blank, Kdump, NotTainted, Tainted, VendorField, Release],
  'pointer-line': [Blank, PointerLead, Word],
  pointer: [Blank, InnerInlined, BracketAddress, InnerSymbol, CutSymbol, ModuleRef, SourceLine, RegisterName, InnerAddress, Hex, Word],
  registers: [Blank, Decoding, Tainted, NotTainted, RegisterLabel, RegisterValue, Word],
  modules: [Blank, ModulesHead, LastUnloaded, ModuleSize, ModuleName, ModuleMarks, Word],
};
