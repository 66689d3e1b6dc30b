/**
 * The shapes of lines that every kind of report shares: frames, registers, headers. Looked at only while a report is open.
 * Each test is anchored and linear; grammars then read the same lines properly.
 */
export enum Shape {
  None = 0,
  /** A stack frame in any architecture's dialect. */
  Frame,
  /** `Call Trace:` and its like. */
  TraceHead,
  /** `<TASK>`, `<IRQ>`, `--- interrupt: 300`. */
  Section,
  /** `CPU: 1 PID: 30 Comm: …` and the `Pid: 30, comm: …` of kernels before 3.9. */
  Cpu,
  /** Hardware name, workqueue, taint, task, process: what goes with the CPU line. */
  Header,
  Registers,
  Code,
  Modules,
  /** Hex dumps, fault address details, page tables. */
  Detail,
  /** `---[ end trace … ]---`. */
  EndTrace,
  /** What the kernel adds when all is said: `note: x exited with`, `Kernel Offset:`, `Rebooting in`. */
  Tail,
  /** An empty line or a rule: belongs if something around it does. */
  Neutral,
  /** `** 12 printk messages dropped **`. */
  Dropped,
}

const SYMBOL = String.raw`(?:[A-Za-z_.$<][^\s()]*|<[^+\n]*)\+0x[0-9a-f]+\/0x[0-9a-f]+`;
/** What may stand before the symbol: indent, section tag, `[<address>]`s, `?`, `IP:`-like words are registers. */
const FRAME = new RegExp(
  String.raw`^\s*(?:<\/?[A-Z#_]+> *)*(?:\(?\[<?(?:0x)?[0-9a-f(][^\]]{0,40}>?\]\)?[:\s]*)*(?:\? +)?(?:\(?${SYMBOL}|\S+ (?:\[\S+\] )?from [\w.$]+|\(\S+\) from \[|0x[0-9a-f]{4,16}(?:\/0x[0-9a-f]+)?\s*(?:\(unreliable\)\s*)?(?:\[\S+\])?$|\(null\)\s*$)`,
);
const BARE_ADDRESS_FRAME = /^\s*\(?\[<?[0-9a-f]{8,16}>?\]\)?(?:\s|$)/;
const INLINED = /^\s+(?:\? )?\S+ \S+?:\d+ ?(?:\[inline\])?$/;
const SECTION =
  /^\s*(?:<\/?(?:TASK|IRQ|NMI|SOFTIRQ|EOI|EOE|#[A-Z]{2,3}|#DB|ENTRY_TRAMPOLINE|SYSENTER|DOUBLEFAULT|UNK|STACK|MCE|REGS)[^>]*>|<<EOE>>|--- interrupt:|--- Exception:|Interrupted code|Exception stack\()/;
const REGISTERS =
  /^\s*(?:R[A-Z0-9]{1,2}:|RIP[: ]|RSP[: ]|E(?:IP|AX|BX|SI|DI|BP|SP|CX|DX|FLAGS)[: ]|[CDEFGS]S: |CR\d: |DR\d: |PKRU:|CR2: |IP: |pstate\s*:|psr\s*:|pc : |lr : |sp : |x\d{1,2}\s*: |r\d{1,2}\s*: |PC is at|LR is at|Flags: |Control: |NIP[ :]|LR \[|MSR:|REGS:|CFAR:|DAR:|GPR\d\d:|CR: |XER: |CTR: |LINK:|Krnl PSW|Krnl GPRS|Krnl Code|User PSW|R:\d T:\d|epc\s*: |ra\s*: |gp : |t\d : |s\d\d?\s*: |a\d : |status: |badaddr: |\$ ?\d+\s*: |Hi\s*: |Lo\s*: |Status\s*: |Cause\s*: |BadVA\s*: |PrId\s*: |ERA: |CRMD: |PRMD: |EUEN: |ECFG: |ESTAT: |BADV: |PRID: |pc [0-9a-f]{16} ra |a\d [0-9a-f]{16} |t\d [0-9a-f]{16} |s\d [0-9a-f]{16} |ORIG_RAX:|Last Breaking-Event|PSW :|GPRS:|acrs:)/;
const CPU = /^(?:[A-Z][\w ]*: )?(?:CPU: ?\d+ |CPU \d+ $|Pid: ?\d+, comm|CPU: \d+$|\s+(?:Not tainted|Tainted:) )/;
const HEADER =
  /^(?:Hardware name:|Workqueue:|Tainted: |Sched_ext:|task: |task\.(?:ti|stack)|ti: |Process .{1,20}\(pid: ?\d+|Last user of|Stopper: |Reset by|Compiler:|Krnl|Modules linked in:|Dumping ftrace|\s+\(ftrace buffer|last sysfs file:|Supported:|Kernel (?:version|built)|TASK = |task = |pgd\s?=|\*pgd|\*pdpt|\*pde|\*pte|PGD |\[[0-9a-f]{8,16}\] (?:\*?pgd|address between)|Mem abort info|Data abort info|\s+ESR = |\s+EC = |\s+SET = |\s+EA = |\s+FSC = |\s+ISV = |\s+CM = |\s+GCS = |\s+Access size|\s+SSE = |\s+SRT = |\s+SF = |\s+Exception class|(?:user|swapper) pgtable:|Faulting instruction|Failing address|Fault in |AS:[0-9a-f]{8}|(?:LE|BE) PAGE_SIZE|PREEMPT|SMP NR_CPUS|Current |Register r\d+ information|Stack: |Thread (?:overran|info)|Cannot|Fixing|Thread-safe|#PF: |fault address|Exception Code|BUG: unable|Oops|softirqs last|hardirqs last|irq event stamp|irqs last|lock held|\d+ locks? held|no locks held|INFO: lockdep is turned off|Preemption disabled at|in_atomic\(\)|preempt_count)/;
const DETAIL =
  /^\s*(?:>?(?:0x)?[0-9a-f]{3,16}(?: ?:|:?\t)\s?|[0-9a-f]{8}(?: [0-9a-f]{8})+|\^+\s*$|[0-9a-f]{16}(?: [0-9a-f]{16})+|\*+ |[>#*]?[0-9a-f]{11,16}: )/;
const CODE = /^\s*(?:Code: |Code\s*:|Instruction dump:|Krnl Code:|Stack:|XXXXXXXX |(?:[<(]?[0-9a-fX]{8}[>)]? ?){4,})/;
const TAIL =
  /^(?:note: |Kernel Offset: |Rebooting in|Fixing recursive fault|SMP: stopping|PHYS_OFFSET|CPU features|Memory Limit|Dumping ftrace|---\[ end Kernel panic|Shutting down cpus|SMP: failed to stop|Starting crashdump|Bye!|Rebooting|Sending NMI to all|Kernel Offset|drm_kms_helper|Press|console \[|Marking TSC|\s+\(ftrace buffer)/;
const TRACE_HEAD =
  /^\s*(?:(?:\S+ )*(?:[Cc]all ?[Tt]race|[Bb]acktrace|[Tt]race|Traceback|Call Backtrace|backtrace \(crc [0-9a-f]+\))(?: \(.*\))?:|\s*[Cc]all ?[Tt]race:)/;
const NEUTRAL = /^[\s=\-*]*$/;

/** Most rows of registers, told before the other shapes are tried: no shape before {@link REGISTERS} begins so. */
const REGISTER_ROW = /^(?:R[A-Z0-9]{2}|CR\d|x\d{1,2} ?): [0-9a-f]{16}/;

/** What the last of the tests look for, in one look: eight of ten lines that get that far are none of it. */
const REST = new RegExp([TAIL, HEADER, CODE, REGISTERS, BARE_ADDRESS_FRAME, INLINED, DETAIL].map(({ source }) => source).join('|'));

/** The shape of a line, cheapest tests first by its first visible character. */
export function shapeOf(text: string): Shape {
  if (text === '') return Shape.Neutral;
  let i = 0;
  while (text.charCodeAt(i) <= 32 && i < text.length) i++;
  const c = text.charCodeAt(i);
  if (c === 42 && text.startsWith('** ', i) && text.includes('printk messages dropped')) return Shape.Dropped;
  if (c === 45 && text.startsWith('---[ end trace', i)) return Shape.EndTrace;
  if ((c === 61 || c === 45 || c === 42 || Number.isNaN(c)) && NEUTRAL.test(text)) return Shape.Neutral;
  if ((c === 82 || c === 67 || c === 120) && REGISTER_ROW.test(text)) return Shape.Registers;
  if (FRAME.test(text)) return Shape.Frame;
  if (c === 60 || c === 45 || c === 69 || c === 73) if (SECTION.test(text)) return Shape.Section;
  if (c === 67 || c === 80 || c === 32 || i > 0) if (CPU.test(text)) return Shape.Cpu;
  if (text.length < 240 && (text.charCodeAt(text.length - 1) === 58 || text.includes('race:')))
    if (TRACE_HEAD.test(text)) return Shape.TraceHead;
  if (text.startsWith('Modules linked in:') || text.startsWith('[last unloaded:', i)) return Shape.Modules;
  if (!REST.test(text)) return Shape.None;
  if (TAIL.test(text)) return Shape.Tail;
  if (HEADER.test(text)) return Shape.Header;
  if (CODE.test(text)) return Shape.Code;
  if (REGISTERS.test(text)) return Shape.Registers;
  if (BARE_ADDRESS_FRAME.test(text)) return Shape.Frame;
  if (i > 0 && INLINED.test(text)) return Shape.Frame;
  if (DETAIL.test(text)) return Shape.Detail;
  return Shape.None;
}
