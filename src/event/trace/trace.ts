import type { Report } from '../../report/report.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { type Facts, gather, readReport, recordAt } from '../facts/facts.ts';
import { Said } from '../facts/said.ts';

/** A stack of fewer frames does not show who printed it. */
const FRAMES = 2;

/** A stack under no heading, or what is left of an oops whose head is not in the log; undefined where it holds no stack worth reporting. */
export function buildTrace(report: Report): Draft | undefined {
  const facts = gather(report, readReport(report));
  const frames = facts.stacks[0]?.frames.filter((f) => f.symbol !== undefined && f.reliable !== false) ?? [];
  if (frames.length < FRAMES || isOnPurpose(report)) return undefined;
  const rest = isOops(facts) ? beheaded(facts) : isFailedAllocation(facts) ? allocation(facts) : undefined;
  return rest === undefined ? bare(facts) : { ...rest, completeness: 'truncated', completenessReason: LOST_HEAD };
}

/** CPUs that a panic stops say where they were; fault injection (lib/fault-inject.c) says where it made an allocation fail. */
const ON_PURPOSE = /\b(?:ipi_cpu_stop|local_cpu_stop|(?:do_)?handle_IPI|stop_this_cpu|should_fail(?:_ex)?)(?:\.\w+)*\+0x/;
const isOnPurpose = (report: Report): boolean => report.lines.some(({ text }) => ON_PURPOSE.test(text));

/** Whether a report without an event is a stack that nobody claims: it has a frame, and nobody asked for it. */
export const isUnclaimed = (report: Report): boolean => report.family.name === 'trace' && report.hasFrame && !isOnPurpose(report);

/** Why what is left of a report is truncated. */
export const LOST_HEAD = 'the first lines of the report are not in the log';

/** Registers with a program counter of kernel code, and the code there: die() prints them, dump_stack() does not. */
const isOops = (facts: Facts): boolean => (facts.at !== undefined && facts.code !== undefined) || faultAddress(facts) !== undefined;

/** arch/x86/mm/fault.c page_fault_oops() alone prints CR2 on a line of its own, behind the modules. */
function faultAddress({ report }: Facts): Said<string> | undefined {
  const line = report.lines.findIndex(({ text }) => ALONE.test(text));
  const hex = ALONE.exec(report.lines[line]?.text ?? '')?.[1];
  return hex === undefined ? undefined : new Said(`0x${BigInt(`0x${hex}`).toString(16)}`, recordAt(report, line));
}
const ALONE = /^CR2: ([0-9a-f]{8}|[0-9a-f]{16})$/;
/** What a NULL pointer and the offset of a member come to at most: arch/x86/mm/fault.c show_fault_oops() compares with a page. */
const FIRST_PAGE = 4096n;

/** mm/page_alloc.c warn_alloc() (warn_alloc_failed() until 4.8) prints a stack for one reason only. */
const isFailedAllocation = ({ stacks }: Facts): boolean =>
  stacks[0]?.frames.some(({ symbol, reliable }) => reliable !== false && /^warn_alloc(?:_failed)?(?:\.\w+)*$/.test(symbol ?? '')) ?? false;

const allocation = (facts: Facts): Draft =>
  baseDraft(facts, {
    kind: 'page-allocation-failure',
    severity: 'warning',
    naming: { title: 'page allocation failure in {f}', bare: 'page allocation failure' },
    extra: {},
  });

/** What is left of a page fault says what was touched, of any other oops not even its kind. */
function beheaded(facts: Facts): Draft {
  const address = faultAddress(facts);
  if (address === undefined) return ofUnknownKind(facts);
  const isNull = BigInt(address.value) < FIRST_PAGE;
  return baseDraft(facts, {
    kind: isNull ? 'null-dereference' : 'paging-fault',
    severity: 'error',
    naming: { title: `BUG: unable to handle kernel ${isNull ? 'NULL pointer dereference' : 'paging request'} in {f}` },
    extra: { fault: { address } },
  });
}

const ofUnknownKind = (facts: Facts): Draft =>
  baseDraft(facts, {
    kind: 'trap',
    severity: 'error',
    naming: { title: 'oops without its head in {f}', alt: ['BUG: unable to handle kernel paging request in {f}', 'WARNING in {f}'] },
    extra: { details: { confidence: 'low' } },
  });

const bare = (facts: Facts): Draft =>
  baseDraft(facts, {
    kind: 'warning',
    severity: 'warning',
    naming: { title: 'stack trace in {f}', alt: ['WARNING in {f}'] },
    extra: { details: { confidence: 'low' } },
  });
