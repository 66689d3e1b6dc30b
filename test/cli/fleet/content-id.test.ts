import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { contentId } from '../../../src/cli/fleet/content-id.ts';
import { idOf } from '../../support/answers.ts';

const root = mkdtempSync(join(tmpdir(), 'ids-'));
process.on('exit', () => rmSync(root, { recursive: true, force: true }));

const at = (name: string): string => join(root, name);
const id = (...names: readonly string[]): string | undefined => contentId(names.map((name) => ({ name: at(name) })));

test('the bytes tell inputs apart, names do not', () => {
  writeFileSync(at('a'), 'text');
  writeFileSync(at('b'), 'text');
  writeFileSync(at('c'), 'texts');
  assert.is(id('a'), idOf('text'));
  assert.is(id('a'), id('b'));
  assert.is.not(id('a'), id('c'));
  assert.is.not(id('a', 'c'), id('c', 'a'), 'members of a set have their order');
});

test('a large dump by its size, its head and pieces of it', () => {
  for (const name of ['large', 'same', 'head', 'size', 'middle']) {
    writeFileSync(at(name), 'head');
    truncateSync(at(name), (17 << 20) + (name === 'size' ? 1 : 0));
  }
  const write = (name: string, offset: number): void => {
    const fd = openSync(at(name), 'r+');
    writeSync(fd, 'x', offset);
    closeSync(fd);
  };
  write('head', 1000);
  write('middle', (17 << 20) - 1);
  assert.is(id('large'), id('same'));
  for (const other of ['head', 'size', 'middle']) assert.is.not(id('large'), id(other), other);
});

test('a directory by the names and bytes of its files; links and circles are not followed', () => {
  for (const name of ['tree', 'twin', 'other']) {
    mkdirSync(at(`${name}/deep/er`), { recursive: true });
    writeFileSync(at(`${name}/deep/er/log`), name === 'other' ? 'y' : 'x');
    symlinkSync('..', at(`${name}/deep/circle`));
  }
  assert.is(id('tree'), id('twin'));
  assert.is.not(id('tree'), id('other'));
});

test('what cannot be read before it is read has none', () => {
  assert.is(id('missing'), undefined);
  assert.is(contentId([{ name: '-' }]), undefined);
  assert.is(contentId([{ name: '/dev/zero' }]), undefined);
});

test.run();
