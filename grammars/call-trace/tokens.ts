import { createToken, Lexer, type TokenType } from 'chevrotain';
import {
  ANY_CHAR,
  Blank,
  EndOfLine,
  FieldBreak,
  Indent,
  LineBreak,
  lead,
  Rest,
  TEXT_MODE,
  UnknownLine,
  Word,
  whole,
} from '../common/tokens.ts';

/** `sym+0x1/0x2`; Rust paths may hold ` as `: `<a::B as c::D>::e+0x1/0x2`. */
const SYMBOL = /\(?[A-Za-z_.$<][^\s()+\n]*(?: as [^\s()+\n]+)*\+0x[0-9a-f]+\/0x[0-9a-f]+\)?/;
export const SymbolRef = createToken({ name: 'SymbolRef', pattern: Lexer.NA });
export const FrameSymbol = createToken({
  name: 'FrameSymbol',
  pattern: SYMBOL,
  categories: SymbolRef,
  push_mode: 'frame',
  line_breaks: false,
});
export const InnerSymbol = createToken({ name: 'InnerSymbol', pattern: SYMBOL, categories: SymbolRef, line_breaks: false });

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

export const TraceHead = whole(
  'TraceHead',
  /(?:[A-Z][^\n:]{0,40} )?(?:[Cc]all ?[Tt]race|[Bb]acktrace|Trace|Traceback|stack backtrace)(?: \([^)\n]*\))?:[^\n]*/,
);
export const InterruptFrame = whole('InterruptFrame', /--- (?:interrupt|Exception): ?[^\n]*/);
/** `[00001044] *pgd=…`: a fault's page table walk, no frame. */
export const PageTable = whole('PageTable', /\[[0-9a-f]{8,16}\] (?:\*?pgd|address|user|kernel)[^\n]*/);
export const BreakingEvent = whole('BreakingEvent', /Last Breaking-Event-Address:[^\n]*/);
export const EndTrace = whole('EndTrace', /---\[ end trace [^\n]*/);

/** `CPU: 1 UID: 0 PID: 30 Comm: …`; arm before 3.11 had `CPU: 0    Not tainted  (2.6.32 #1)`. */
export const CpuLead = lead('CpuLead', /CPU: ?\d+(?=[ \t]+(?:UID:|PID:|Not tainted|Tainted:))/, 'cpu');
/** x86-64 before 3.9 gave the CPU a line of its own. */
export const CpuOnly = whole('CpuOnly', /CPU \d+[ \t]*(?![^\n])/);
/** x86 and others before 3.9: `Pid: 30, comm: kworker/0:1 Not tainted 2.6.32 #1`. */
export const PidLead = lead('PidLead', /Pid: ?\d+, comm: /, 'comm');
export const Uid = createToken({ name: 'Uid', pattern: /UID: ?\d+/ });
export const Pid = createToken({ name: 'Pid', pattern: /PID: ?\d+/ });
export const CommLead = createToken({ name: 'CommLead', pattern: /Comm: /, pop_mode: true, push_mode: 'comm' });
/** At most 15 bytes of anything (TASK_COMM_LEN), up to what the kernel prints behind it. */
export const Comm = createToken({
  name: 'Comm',
  pattern: /[^\n]{1,15}(?= {1,4}(?:Kdump: |Not tainted|Tainted: ))|[^\n]{1,64}?(?= {1,4}(?:Kdump: |Not tainted|Tainted: ))|[^\n]+/,
  start_chars_hint: ANY_CHAR,
  line_breaks: false,
  pop_mode: true,
  push_mode: 'taint',
});
export const Kdump = createToken({ name: 'Kdump', pattern: /Kdump: loaded/ });
export const NotTainted = createToken({ name: 'NotTainted', pattern: /Not tainted/ });
/** One letter or blank a flag, then the release: `Tainted: G    B   W  OE      6.1.0`. */
export const Tainted = createToken({ name: 'Tainted', pattern: /Tainted: [A-Z](?:[A-Z ]*[A-Z])?(?!\S)/, line_breaks: false });
export const Release = createToken({
  name: 'Release',
  pattern: /[^\s]+[^\n]*/,
  line_breaks: false,
  start_chars_hint: Array.from({ length: 223 }, (_, i) => i + 33),
});

export const TaintNames = lead('TaintNames', /Tainted: (?=\[)/);
export const HardwareLead = lead('HardwareLead', /Hardware name: ?/);
export const WorkqueueLead = lead('WorkqueueLead', /Workqueue: /);
export const ModulesLead = lead('ModulesLead', /Modules linked in:|\[last unloaded:/);
export const CodeLead = lead('CodeLead', /Code: ?/);
export const DumpLead = whole('DumpLead', /Instruction dump:[^\n]*/);

/** x86 `RIP: 0010:sym`, `RIP: 0010:[<addr>]  [<addr>] sym`, `RIP  [<addr>] sym`, `EIP: 0060:[<addr>]`, `EIP is at sym`, `IP: sym`. */
export const PointerLead = lead(
  'PointerLead',
  /(?:[RE]IP(?:: ?| is at | +)(?:[0-9a-f]{4}:)?|IP: (?:[0-9a-f]{4}:)?|PC is at |LR is at |(?:pc|lr) : (?=[A-Za-z_.$<(]\S*\+0x|0x|\(null\))|NIP (?=\[)|LR (?=\[)|(?:epc|ra)\s*: (?=(?:[0-9a-f]{8,16} )?[A-Za-z_.$<]\S*\+0x)|Krnl PSW : (?=[^\n]*\()|ERA: |PSW : (?=[^\n]*\())/,
  'pointer',
);
/** The first `NAME:` of a row of registers, named as the architecture's show_regs() does. */
export const RegisterLead = lead(
  'RegisterLead',
  /(?:R[A-Z0-9]{1,2}:|E(?:AX|BX|CX|DX|SI|DI|BP|SP|FLAGS)[: ]|RSP[ :]|[CDEFGS]S: |CR\d: |DR\d: |PKRU:|ORIG_[RE]AX:|(?:pstate|psr|pc|lr|sp|fp|ip|gp|tp|[xrtsa]\d{1,2})\s*: |NIP:|MSR:|REGS:|CFAR:|DAR:|GPR\d\d:|Krnl GPRS:|(?:epc|ra)\s*: |status: |badaddr: |\$ ?\d+\s*: |Hi\s*: |Lo\s*: |Status\s*: |Cause\s*: |BadVA\s*: |CRMD: |PRMD: |EUEN: |ECFG: |ESTAT: |BADV: |(?:pc|[atsu]\d)(?= [0-9a-f]{16} [a-z]))/,
);
/** Further values of the row above: s390 prints four registers a line and names only the first row. */
export const HexRow = whole('HexRow', /[0-9a-f]{16}(?: [0-9a-f]{16}){3}(?!\S)/);
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

/** Tokens of mode `line` that every family has, in order; heads of a family go before them. */
export const SHARED_LINES: TokenType[] = [
  LineBreak,
  Indent,
  SectionTag,
  Question,
  FrameSymbol,
  PageTable,
  BracketAddress,
  CalledFrom,
  InlinedFrame,
  BareAddress,
  EndTrace,
  BreakingEvent,
  InterruptFrame,
  CpuLead,
  CpuOnly,
  PidLead,
  TaintNames,
  HardwareLead,
  WorkqueueLead,
  ModulesLead,
  CodeLead,
  DumpLead,
  HexRow,
  PointerLead,
  RegisterLead,
  TraceHead,
];

/** The modes that go with them. */
export const SHARED_MODES: Record<string, TokenType[]> = {
  frame: [FieldBreak, Blank, Inlined, Unreliable, From, BracketAddress, InnerSymbol, SourceLine, ModuleRef, InnerAddress, Word],
  cpu: [FieldBreak, Blank, Uid, Pid, CommLead, NotTainted, Tainted, Release],
  comm: [FieldBreak, Comm],
  taint: [FieldBreak, Blank, Kdump, NotTainted, Tainted, Release],
  pointer: [FieldBreak, Blank, InnerInlined, BracketAddress, InnerSymbol, ModuleRef, SourceLine, RegisterName, InnerAddress, Hex, Word],
  text: TEXT_MODE,
};

/** The lexer of a family: its heads first, then what all share, then the line that nobody knows. */
export function familyLexer(heads: readonly TokenType[], modes: Record<string, TokenType[]> = {}, validate = false): Lexer {
  return new Lexer(
    { modes: { line: [...heads, ...SHARED_LINES, UnknownLine], ...SHARED_MODES, ...modes }, defaultMode: 'line' },
    { positionTracking: 'onlyOffset', ensureOptimizations: true, skipValidations: !validate },
  );
}

/** All token types of a family, for its parser. */
export function familyVocabulary(heads: readonly TokenType[], modes: Record<string, TokenType[]> = {}): TokenType[] {
  const all = [
    EndOfLine,
    SymbolRef,
    Rest,
    ...heads,
    ...SHARED_LINES,
    UnknownLine,
    ...Object.values(SHARED_MODES).flat(),
    ...Object.values(modes).flat(),
  ];
  return [...new Set(all)];
}
