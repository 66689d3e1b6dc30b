// The grammar of lock reports: lines of print_lock() and its like in the forms of all releases.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { readText } from '../../support/read-text.ts';

/** The only head of a line; its text left out. */
const head = (text: string): HeadNode | undefined => {
  const heads = readText('lock', text).nodes.filter((n): n is HeadNode => n.type === 'head');
  assert.is(heads.length, 1, text);
  return heads[0];
};
const fields = (text: string): Record<string, string> => {
  const { text: _text, ...rest } = head(text)?.fields ?? { text: '' };
  return rest as Record<string, string>;
};

test('print_lock(): without an address until 4.15, with wait types since 5.7, numbered where held', () => {
  const old = head(' (&(&p->lock)->rlock){+.?...}, at: [<ffffffff81001234>] foo+0x1/0x20');
  assert.is(old?.fields.name, '&(&p->lock)->rlock');
  assert.is(old?.fields.usage, '{+.?...}');
  assert.is(old?.frame?.symbol, 'foo');
  const arm = head(' (&port_lock_key){-.-...}, at: [<c036a6dc>]     serial8250_console_write+0x108/0x134');
  assert.is(arm?.frame?.symbol, 'serial8250_console_write');
  const held = head(' #12: ffff888103c2a0a8 (&xyz->lock#2){+.+.}-{4:4}, at: xyz_ioctl+0x44/0x210 [driver_xyz]');
  assert.equal([held?.fields.depth, held?.fields.address, held?.fields.name], ['12', 'ffff888103c2a0a8', '&xyz->lock#2']);
  assert.equal([held?.frame?.symbol, held?.frame?.module], ['xyz_ioctl', 'driver_xyz']);
  assert.is(head(' #0: ')?.fields.name, undefined, 'a cut line');
});

test('a comm may hold blanks, slashes and colons', () => {
  assert.equal(fields('kworker/u8:2/48 is trying to acquire lock:'), { comm: 'kworker/u8:2', pid: '48', verb: 'is trying to acquire' });
  assert.equal(fields('Web Content/9 [HC1[1]:SC0[0]:HE0:SE1] takes:').comm, 'Web Content');
  assert.equal(fields('2 locks held by kworker/1:2/119:'), { count: '2', comm: 'kworker/1:2', pid: '119' });
  assert.equal(fields('no locks held by swapper/1/0.'), { count: 'no', comm: 'swapper/1', pid: '0' });
});

test('heads: bracketed until 4.10, WARNING since', () => {
  assert.is(fields('[ INFO: possible circular locking dependency detected ]').what, 'possible circular locking dependency detected');
  assert.is(fields('WARNING: bad unlock balance detected!').what, 'bad unlock balance detected');
  assert.equal(fields('WARNING: xyzd/77 still has locks held!'), {
    level: 'WARNING',
    comm: 'xyzd',
    pid: '77',
    what: 'still has locks held',
  });
});

test('spin_dump() names the lock or gives its address', () => {
  const named = fields(' lock: xyz_lock+0x0/0xffffffffffffffa0 [driver_xyz], .magic: dead4ead, .owner: a b/12, .owner_cpu: 1');
  assert.equal([named.name, named.owner, named.ownerPid], ['xyz_lock+0x0/0xffffffffffffffa0', 'a b', '12']);
  assert.is(fields(' lock: 0xffff8881, .magic: 00000000, .owner: <none>/-1, .owner_cpu: 0').address, '0xffff8881');
});

test('rcu: the place and the complaint; a source line elsewhere is none', () => {
  assert.equal(fields('net/core/dev.c:412 suspicious rcu_dereference_check() usage!'), {
    file: 'net/core/dev.c',
    line: '412',
    message: 'suspicious rcu_dereference_check() usage',
  });
  assert.equal(readText('lock', 'foo.c:12 hello').nodes, []);
});

test.run();
