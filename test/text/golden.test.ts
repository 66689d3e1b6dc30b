// Each folder of test/golden/text holds one input and the records that must come out of it; `npm test -- --update` rewrites them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TextReader } from '../../src/text/reader.ts';

const ROOT = 'test/golden/text';
/** 2026-11-23: the year of stamps that have none. */
const AS_OF = Date.UTC(2026, 10, 23) * 1000;

for (const name of readdirSync(ROOT).sort()) {
  test(name, () => {
    const file = readdirSync(join(ROOT, name)).find((f) => f !== 'expected.json') ?? '';
    const reader = new TextReader({ name: file, asOf: AS_OF });
    const records = [...reader.push(readFileSync(join(ROOT, name, file))), ...reader.end()];
    // one record a line, so that a difference shows as one
    const lines = records.map((record) => JSON.stringify(record)).join(',\n');
    const actual = `{"form":"${reader.form}","losses":${JSON.stringify(reader.losses)},"records":[\n${lines}\n]}\n`;
    const expected = join(ROOT, name, 'expected.json');
    if (process.env.UPDATE_GOLDEN) writeFileSync(expected, actual);
    assert.fixture(actual, readFileSync(expected, 'utf8'));
  });
}

test.run();
