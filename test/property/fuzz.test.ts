// A few hostile inputs of each part; `npm run fuzz` makes thousands.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PARTS } from '../../scripts/fuzz/parts.ts';
import { Random } from '../../scripts/fuzz/random.ts';

for (const [name, { make }] of Object.entries(PARTS))
  test(`${name}: nothing throws, and nothing is said that no output may hold`, async () => {
    for (let n = 0; n < 4; n++) assert.is(await make(new Random(n)).look(), undefined, `${name} ${n}`);
  });

test.run();
