import { readFileSync, writeFileSync } from 'node:fs';
import * as assert from 'uvu/assert';

/** README's part between two comments is what a test computes; `npm test -- --update readme` writes it. */
export function section(name: string, by: string, text: string): void {
  const begin = `<!-- ${name}: written by ${by} -->\n`;
  const end = `\n<!-- /${name} -->`;
  const readme = readFileSync('README.md', 'utf8');
  const [before = '', rest = ''] = readme.split(begin);
  const [now, ...after] = rest.split(end);
  assert.ok(rest !== '', `README has no ${begin.trim()}`);
  assert.ok(after.length > 0, `README has no line ${end.trim()}`);
  if (process.env.UPDATE_GOLDEN) writeFileSync('README.md', `${before}${begin}${text}${end}${after.join(end)}`);
  else assert.is(now, text);
}
