import { InputError } from '../../dump/source.ts';
import { toPrettyJson } from '../../output/json/event-json.ts';
import { lossesOf } from '../../read/inputs/dump-log.ts';
import { EXIT, UsageError } from '../exit.ts';
import { failOn, watchDump } from '../fail-on.ts';
import { eachOpened } from '../inputs/each.ts';
import { inspected } from '../inspect/inspected.ts';
import { PARTS } from '../inspect/parts.ts';
import { answerText } from '../inspect/table.ts';
import { didYouMean } from '../nearest.ts';
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
  const [name = 'overview'] = what;
  const part = PARTS.find((each) => each.name === name);
  const names = PARTS.map((each) => each.name);
  if (!part) throw new UsageError(`inspect takes ${names.join(', ')}; not ${name}${didYouMean(name, names)}`);
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
    watchDump(fail, dump);
    const { head, answer, unknown, holes, reason } = await inspected(dump, part, what);
    if (format === 'json') print(toPrettyJson({ ...head, rows: answer?.rows ?? [], unknown, holes }));
    if (answer === undefined) return [`${name}: ${reason}`];
    if (format === 'text') {
      print(answerText(answer).trimEnd());
      if (!options.quiet && head.tier === 'text-symbols') warn(`${dump.name}: stacks of CPUs alone: ${reason}`);
      else if (!options.quiet) for (const { what: lacking, reason: why } of unknown) warn(`${dump.name}: unknown: ${lacking} (${why})`);
    }
    return lossesOf(dump);
  });
  return fail.found ? EXIT.failOn : code;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
