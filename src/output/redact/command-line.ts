import { HARMLESS, PLAIN } from './parameters.ts';
import type { RedactRule, Span } from './rule.ts';

/** init/main.c prints both; the second since 5.14. */
const LINE = /(?:[Cc]ommand line: |kernel command line parameters ")(?<value>.*)/d;

/** A parameter: quotes keep blanks together, as the kernel's next_arg() reads them. */
const PARAMETER = /(?:"[^"]*"|[^\s"])+/g;

/** The kernel's command line: names stay, values go, but for those that only steer the kernel; of what is init's nothing stays. */
export const commandLine: RedactRule = {
  name: 'kernel command line',
  kind: 'arg',
  everywhere: true,
  find(text) {
    const match = LINE.exec(text);
    const line = match?.groups?.value;
    const from = match?.indices?.groups?.value?.[0];
    if (line === undefined || from === undefined) return [];
    const spans: Span[] = [];
    let ours = true;
    for (const { 0: parameter, index } of line.matchAll(PARAMETER)) {
      const start = from + index;
      const equals = parameter.indexOf('=');
      const name = parameter.slice(0, Math.max(0, equals)).replace(/^"/, '').replaceAll('-', '_');
      const value = parameter.slice(equals + 1).replace(/^"|"$/g, '');
      if (parameter === '--') ours = false;
      else if (!ours) spans.push({ start, end: start + parameter.length, value: parameter });
      else if (equals > 0 && !PLAIN.test(value) && !HARMLESS.get(name)?.test(value))
        spans.push({ start: start + equals + 1, end: start + parameter.length, value });
    }
    return spans;
  },
};
