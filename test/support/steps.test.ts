// The meter itself: it tells linear from quadratic, in our code and in searches of built-ins.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LineSplitter } from '../../src/text/split-lines.ts';
import { assertLinear } from './steps.ts';

const split = (text: string) => new LineSplitter(() => {}).push(text);
const refused = async (runOf: (size: number) => () => unknown): Promise<boolean> =>
  assertLinear(runOf, 200).then(
    () => false,
    (error: unknown) => error instanceof assert.Assertion,
  );

test('a pass over the input is linear', () =>
  assertLinear((size) => {
    const text = 'a line\n'.repeat(size);
    return () => split(text);
  }, 1000));

test('a pass for each line is not, whether our code or a search makes it', async () => {
  const text = (size: number) => 'a line\n'.repeat(size);
  assert.ok(await refused((size) => () => Array.from({ length: size }, () => split(text(size)))), 'blocks');
  assert.ok(await refused((size) => () => Array.from({ length: size }, () => text(size).includes('z'))), 'includes');
  assert.ok(await refused((size) => () => Array.from({ length: size }, () => /z/.test(text(size)))), 'expression');
});

test('nothing counted is nothing proven', async () => assert.ok(await refused(() => () => undefined)));

test.run();
