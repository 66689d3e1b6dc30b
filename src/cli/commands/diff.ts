import { Differ } from '../../fleet/diff.ts';
import { diffText } from '../../output/diff-text.ts';
import { toPrettyJson } from '../../output/json/event-json.ts';
import { readEvents } from '../../read/events/read-events.ts';
import { eachInput } from '../events/each-input.ts';
import { parseKinds } from '../events/filter.ts';
import { EXIT } from '../exit.ts';
import { StdoutWriter } from '../stdout.ts';
import { type CommonOptions, textOptions } from './options.ts';

export interface DiffOptions extends CommonOptions {
  readonly json?: boolean | undefined;
}

/**
 * `lastkmsg diff A B`: events new in B, and gone from A, by signature; either may be a directory.
 * @returns the exit code: 10 where one of `--fail-on`'s kinds is new in B
 */
export async function diff(a: string, b: string, options: DiffOptions): Promise<number> {
  const failOn = parseKinds(options.failOn, 'fail-on');
  const differ = new Differ();
  const codes: number[] = [];
  for (const [side, file] of [
    ['A', a],
    ['B', b],
  ] as const)
    codes.push(
      await eachInput([file], options, async (input) => {
        for await (const event of readEvents(input)) differ.see(side, event);
      }),
    );
  // of one side alone there is no difference to tell
  if (codes.includes(EXIT.noInput)) return EXIT.noInput;
  const found = differ.diff;
  const out = new StdoutWriter('utf8');
  await out.write(options.json ? `${toPrettyJson({ schemaVersion: 1, a, b, ...found })}\n` : diffText(found, a, b, textOptions(options)));
  await out.flush();
  if (found.new.some(({ kind }) => failOn?.has(kind) ?? false)) return EXIT.failOn;
  return codes.includes(EXIT.loss) ? EXIT.loss : EXIT.ok;
}
