import { TimeUp } from '../../dump/open/deadline.ts';
import { openInspectable } from '../../kernel/open.ts';
import { Inspection } from '../../machine/inspection.ts';
import type { DumpLog } from '../../read/inputs/dump-log.ts';
import { stacksOf } from '../../unwind/stacks.ts';
import { ask } from './ask.ts';
import type { Answer, Part } from './part.ts';
import { holesOf, unknownOf } from './unknown.ts';

/** What one part of `inspect` came to, with what could not be read. */
export interface Inspected {
  readonly head: {
    readonly schemaVersion: 1;
    readonly source: string;
    readonly release?: string | undefined;
    readonly tier: string;
    readonly command: string;
  };
  /** Undefined where the kernel carries too little to answer; `reason` says why. */
  readonly answer?: Answer | undefined;
  readonly reason?: string | undefined;
  readonly unknown: ReturnType<typeof unknownOf>;
  readonly holes?: ReturnType<typeof holesOf>;
}

/** Asks a dump for one part. @param what the part's name and arguments, as typed @throws UsageError where the arguments are wrong */
export async function inspected(dump: DumpLog, part: Part, what: readonly string[]): Promise<Inspected> {
  try {
    return await answered(dump, part, what);
  } catch (error) {
    if (!(error instanceof TimeUp)) throw error;
    const head = headOf(dump, 'none', what);
    return { head, reason: error.loss, unknown: [{ what: part.name, reason: error.loss }] };
  }
}

async function answered(dump: DumpLog, part: Part, what: readonly string[]): Promise<Inspected> {
  const args = what.slice(1);
  const inspectable = openInspectable(dump.kernel);
  const head = headOf(dump, inspectable.tier, what);
  if (inspectable.tier === 'text-symbols' && part.withoutTypes) {
    const answer = part.withoutTypes(stacksOf(dump.kernel, inspectable), dump.dump, args);
    return { head, answer, reason: inspectable.reason, unknown: [{ what: 'tasks', reason: inspectable.reason }] };
  }
  if (inspectable.tier !== 'full') {
    const { reason } = inspectable;
    return { head, reason, unknown: [{ what: part.name, reason }] };
  }
  await part.load?.();
  const answer = ask(new Inspection(inspectable.context, () => logLines(dump)), part, args);
  const unknown = unknownOf(answer, inspectable.context);
  return { head, answer, unknown, holes: holesOf(inspectable.context, unknown.length > 0) };
}

const headOf = (dump: DumpLog, tier: string, what: readonly string[]): Inspected['head'] => ({
  schemaVersion: 1,
  source: dump.name,
  release: dump.kernel.info.release,
  tier,
  command: what.join(' '),
});

/** Each line of the log, records of several lines taken apart. */
const logLines = ({ log }: DumpLog): string[] => [...log.records(false)].flatMap(({ text }) => text.split('\n'));
