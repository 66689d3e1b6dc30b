import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';

/** Compares text with test/golden/NAME; `npm test -- --update` writes it instead. A golden file that is missing fails. */
export function golden(name: string, actual: string): void {
  const file = join('test/golden', name);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  }
  assert.ok(existsSync(file), `${file} is missing: npm test -- --update writes it`);
  assert.fixture(actual, readFileSync(file, 'utf8'));
}
