import { InputError } from '../../dump/source.ts';
import { openInspectable } from '../../kernel/open.ts';
import { Inspection } from '../../machine/inspection.ts';
import { toPrettyJson } from '../../output/json/event-json.ts';
import { type DumpLog, lossesOf } from '../../read/inputs/dump-log.ts';
import { stacksOf } from '../../unwind/stacks.ts';
import { EXIT, UsageError } from '../exit.ts';
import { failOn } from '../fail-on.ts';
import { eachOpened } from '../inputs/each.ts';
import { ask } from '../inspect/ask.ts';
import { PARTS } from '../inspect/parts.ts';
import { answerText } from '../inspect/table.ts';
import { holesOf, unknownOf } from '../inspect/unknown.ts';
import { warn } from '../warn.ts';
import type { CommonOptions } from './options.ts';

export interface InspectOptions extends CommonOptions {
  readonly format?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `lastkmsg inspect FILE [WHAT…]`. @returns the exit code */
export async function inspect(file: string | undefined, what: readonly string[], options: InspectOptions): Promise<number> {
  if (file === undefined) throw new UsageError('inspect takes a dump');
  const format = options.json ? 'json' : (options.format ?? 'text');
  if (format !== 'json' && format !== 'text') throw new UsageError(`--format takes text or json; not ${format}`);
  const [name = 'overview', ...args] = what;
  const part = PARTS.find((each) => each.name === name);
  if (!part) throw new UsageError(`inspect has no ${name}: ${PARTS.map((each) => each.name).join(', ')}`);
  const fail = await failOn(options.failOn);
  const code = await eachOpened([file], options, async (opened) => {
    if (opened.kind === 'text') {
      throw new InputError({
        file,
        sought: 'a dump',
        found: `a log in text form (${opened.input.form})`,
        hint: 'a log has no memory to inspect',
      });
    }
    const { dump } = opened;
    if (options.failOn !== undefined) {
      const watch = fail.begin(dump.name, dump.kernel.info.release);
      watch.see([...dump.log.records(true)]);
      watch.end();
    }
    const inspectable = openInspectable(dump.kernel);
    const head = {
      schemaVersion: 1,
      source: dump.name,
      release: dump.kernel.info.release,
      tier: inspectable.tier,
      command: what.join(' '),
    };
    if (inspectable.tier === 'text-symbols' && part.withoutTypes) {
      const answer = part.withoutTypes(stacksOf(dump.kernel, inspectable), dump.dump, args);
      const unknown = [{ what: 'tasks', reason: inspectable.reason }];
      if (format === 'json') print(toPrettyJson({ ...head, rows: answer.rows, unknown }));
      else print(answerText(answer).trimEnd());
      if (format === 'text' && !options.quiet) warn(`${dump.name}: stacks of CPUs alone: ${inspectable.reason}`);
      return lossesOf(dump);
    }
    if (inspectable.tier !== 'full') {
      const { reason } = inspectable;
      if (format === 'json') print(toPrettyJson({ ...head, rows: [], unknown: [{ what: name, reason }] }));
      return [`${name}: ${reason}`];
    }
    await part.load?.();
    const answer = ask(new Inspection(inspectable.context, () => logLines(dump)), part, args);
    const text = format === 'text' ? answerText(answer) : undefined;
    const unknown = unknownOf(answer, inspectable.context);
    if (text !== undefined) {
      print(text.trimEnd());
      if (!options.quiet)
        for (const { what: lacking, reason } of unknown) process.stderr.write(`lastkmsg: ${dump.name}: unknown: ${lacking} (${reason})\n`);
    } else print(toPrettyJson({ ...head, rows: answer.rows, unknown, holes: holesOf(inspectable.context, unknown.length > 0) }));
    return lossesOf(dump);
  });
  return fail.found ? EXIT.failOn : code;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Each line of the log, records of several lines taken apart. */
const logLines = ({ log }: DumpLog): string[] => [...log.records(false)].flatMap(({ text }) => text.split('\n'));
