// Every sample cut at a few places and with a few bits flipped; `npm run fuzz -- --part sweep` does the same at hundreds.
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { sweep } from '../../scripts/fuzz/sweep.ts';

for (const path of readdirSync('samples', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('vmcore')))
  test(`${path}: cut or flipped, nothing wrong is read, and nothing is lost without a word`, async () => {
    const wrong: string[] = [];
    for await (const line of sweep(readFileSync(`samples/${path}`), { cuts: 16, flips: 24 })) wrong.push(line);
    assert.equal(wrong, []);
  });

test.run();
