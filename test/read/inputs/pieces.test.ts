// FILE@ADDRESS: pieces of one memory that lie apart, as a SoC's ramdump leaves them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { groupFiles } from '../../../src/read/inputs/group.ts';
import { open } from '../../../src/read/inputs/open.ts';
import { memoryPieces } from '../../../src/read/inputs/pieces.ts';
import { buildDump } from '../../builder/build-dump.ts';
import { toBuffer, withFilesAsync } from '../../builder/container/file-image.ts';
import { arm64 } from '../../builder/machine/arm64.ts';

const BASE = 0x8000_0000;
const MIB = 2 ** 20;

test('pieces in any order, with commas or as names of their own, are one dump', async () => {
  const { files, expected } = buildDump({ machine: arm64({ ramBase: BASE }), container: { kind: 'raw', base: BASE } });
  const whole = toBuffer(files[0]!);
  await withFilesAsync([files[0]!], async ([path]) => {
    const [low, high] = ['DDRCS0_0.BIN', 'DDRCS1_0.BIN'].map((name) => join(path!, '..', name));
    writeFileSync(low!, whole.subarray(0, 24 * MIB));
    writeFileSync(high!, whole.subarray(24 * MIB));
    const names = [`${high}@0x${(BASE + 24 * MIB).toString(16)}`, `${low}@${BASE}`];
    for (const given of [names, [names.join(',')]]) {
      const groups = await groupFiles(given);
      assert.is(groups.length, 1);
      const opened = await open(groups[0]!);
      assert.is(opened.kind, 'dump');
      if (opened.kind === 'dump') assert.is([...opened.dump.log.records(true)].length, expected.records.length);
      await opened.close();
    }
  });
});

test('a name that is a file, or is written otherwise, is a name', () => {
  for (const name of ['user@host.log', 'a@0x', 'a@zz', 'a@0x1,b', 'kern.log', '@0x0']) assert.is(memoryPieces(name), undefined, name);
  assert.equal(memoryPieces('a b@0X10'), [{ name: 'a b', at: 16 }]);
});

test.run();
