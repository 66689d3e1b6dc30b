import { printable } from '../../output/text/printable.ts';
import { ask } from '../inspect/ask.ts';
import type { Answer, Part, Row } from '../inspect/part.ts';
import { PARTS } from '../inspect/parts.ts';
import { answerText } from '../inspect/table.ts';
import { unknownOf } from '../inspect/unknown.ts';
import type { CrashCommand, CrashSession } from './session.ts';

/** crash's own layout of a part's rows; undefined where the part's text will do. */
export type Layout = (rows: readonly Row[], session: CrashSession, args: readonly string[]) => string | undefined;

export interface FromPart {
  /** Of the part, where crash calls it otherwise. */
  readonly part?: string;
  /** Arguments as the part takes them. */
  readonly adapt?: (args: readonly string[], session: CrashSession) => readonly string[];
  /** Absent: the part's own text. */
  readonly layout?: Layout;
  readonly usage?: string;
}

/** A command of crash that shows what a part of `inspect` answers. */
export function fromPart(name: string, { part: partName = name, adapt = (args) => args, layout, usage }: FromPart = {}): CrashCommand {
  const part = PARTS.find((each) => each.name === partName)!;
  return {
    name,
    usage: usage ?? part.usage,
    about: part.about,
    run(session, args) {
      const { text, answer } = answered(part, session, adapt(args, session), args, layout);
      return text + lossesText(answer, session);
    },
  };
}

function answered(part: Part, session: CrashSession, args: readonly string[], typed: readonly string[], layout: Layout | undefined) {
  const answer = ask(session.inspection, part, args);
  const text = layout?.(answer.rows as readonly Row[], session, typed) ?? answerText(answer);
  return { answer, text: text === '' || text.endsWith('\n') ? text : `${text}\n` };
}

/** What could not be read of these rows is said below them, as crash says it. */
function lossesText(answer: Answer, { inspection }: CrashSession): string {
  const unknown = unknownOf(answer, inspection.kernel);
  return unknown.map(({ what, reason }) => `[unknown: ${printable(what)}: ${printable(reason)}]\n`).join('');
}
