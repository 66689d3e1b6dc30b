import { readFileSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';

/** The part of a README between two comments is what a test computes; `npm test -- --update readme` writes it. */
export function section(name: string, by: string, text: string, file = 'README.md'): void {
  const begin = `<!-- ${name}: written by ${by} -->\n`;
  const end = `\n<!-- /${name} -->`;
  const readme = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = readme.split(begin);
  const [now, ...after] = rest.split(end);
  assert.ok(rest !== '', `${file} has no ${begin.trim()}`);
  assert.ok(after.length > 0, `${file} has no line ${end.trim()}`);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, `${before}${begin}${text}${end}${after.join(end)}`);
  else assert.is(now, text, `${file} is not what ${by} computes: npm test -- --update readme`);
}
