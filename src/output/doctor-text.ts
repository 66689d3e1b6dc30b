import type { Status } from '../doctor/check.ts';
import type { Answer, Diagnosis } from '../doctor/doctor.ts';
import { wrap } from './text/cells.ts';
import type { TextOptions } from './text/event-table.ts';
import { printable } from './text/printable.ts';

const MARKS = { ok: ['info', 'ok  '], fail: ['fatal', 'FAIL'], warn: ['warning', 'warn'], unknown: ['guess', '?   '] } as const;

const VERDICTS = {
  ready: 'This machine is ready to catch its next crash.',
  'not ready': 'This machine will lose its next crash.',
  unknown: 'Whether this machine will catch its next crash could not be found out.',
} as const;

/** `lastkmsg doctor`: the verdict, then each question with its answers, what to type, and what makes it last. */
export function doctorText(diagnosis: Diagnosis, options: TextOptions): string {
  const { answers, verdict, release, live } = diagnosis;
  const { paint, width } = options;
  const count = (status: Status): number => answers.filter((answer) => answer.status === status).length;
  const [failed, warned] = [count('fail'), count('warn')];
  const tally = [failed > 0 && `${failed} must be mended`, warned > 0 && `${warned} could be better`].filter(Boolean).join(', ');
  const lines = [paint(verdict === 'not ready' ? 'fatal' : 'title', VERDICTS[verdict])];
  if (tally) lines.push(`${tally}.`);
  if (release !== undefined) lines.push(`Kernel ${printable(release)}${live ? '' : ', as installed in this image'}.`);
  for (const title of new Set(answers.map((answer) => answer.title))) {
    lines.push('', paint('title', title));
    for (const answer of answers) if (answer.title === title) lines.push(...answerLines(answer, { paint, width }));
  }
  return `${lines.join('\n')}\n`;
}

function answerLines({ status, found, why, type, persist }: Answer, { paint, width }: TextOptions): string[] {
  const [role, mark] = MARKS[status];
  const indent = ' '.repeat(7);
  const body = (text: string): string[] => wrap(printable(text), width - indent.length).map((line) => indent + line);
  const [first = '', ...rest] = body(found);
  return [
    `  ${paint(role, mark)} ${first.trimStart()}`,
    ...rest,
    ...(why === undefined ? [] : body(why).map((line) => paint('muted', line))),
    ...(persist === undefined ? [] : [`${indent}${printable(persist.file)} should say:`, `${indent}  ${printable(persist.line)}`]),
    // never wrapped: they are to be copied
    ...(type ?? []).map((command) => `${indent}# ${printable(command)}`),
  ];
}
