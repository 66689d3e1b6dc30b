// The grammar of lock reports: lines of print_lock() and its like in the forms of all releases.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FieldValue } from '../../../grammars/common/fields.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import { readText } from '../../support/read-text.ts';

const heads = (text: string): HeadNode[] => readText('lock', text).nodes.filter((n): n is HeadNode => n.type === 'head');
/** The only head of a line. */
const head = (text: string): HeadNode | undefined => {
  const all = heads(text);
  assert.is(all.length, 1, text);
  return all[0];
};
const values = (text: string): Readonly<Record<string, FieldValue>> => head(text)?.values ?? {};

test('print_lock(): without an address until 4.15, with wait types since 5.7, numbered where held', () => {
  const old = head(' (&(&p->lock)->rlock){+.?...}, at: [<ffffffff81001234>] foo+0x1/0x20');
  assert.equal([old?.values, old?.frame?.symbol], [{ name: '&(&p->lock)->rlock', usage: '{+.?...}' }, 'foo']);
  const arm = head(' (&port_lock_key){-.-...}, at: [<c036a6dc>]     serial8250_console_write+0x108/0x134');
  assert.is(arm?.frame?.symbol, 'serial8250_console_write');
  const held = head(' #12: ffff888103c2a0a8 (&xyz->lock#2){+.+.}-{4:4}, at: xyz_ioctl+0x44/0x210 [driver_xyz]');
  assert.equal(held?.values, { depth: 12, address: '0xffff888103c2a0a8', name: '&xyz->lock#2', usage: '{+.+.}-{4:4}' });
  assert.equal([held?.frame?.symbol, held?.frame?.module], ['xyz_ioctl', 'driver_xyz']);
  const symbolised = head(' (&t->rwsem/1){++++..}, at: [<ffffffff81001234>] isig+0xa1/0x4d0 drivers/tty/n_tty.c:1087');
  assert.equal([symbolised?.values.name, symbolised?.frame?.line], ['&t->rwsem/1', 1087]);
});

test('of a line that the console broke it says what there is', () => {
  assert.equal(values(' #0: '), { depth: 0 });
  assert.equal(readText('lock', '){+.+.+.}, at: [<ffffffff81001234>] foo+0x1/0x20').nodes, [], 'no frame of a stack');
  assert.equal(values('#1: ffff888103c2a0a8 (&xyz->lock){+.+.}-{4:4}, at: foo+0x1/0x20 audit: type=1 word'), {
    depth: 1,
    address: '0xffff888103c2a0a8',
    name: '&xyz->lock',
    usage: '{+.+.}-{4:4}',
  });
});

test('a link of the chain is the title of its stack and says its lock', () => {
  const { nodes } = readText('lock', '-> #2 ((work_completion)(&(&xyz->work)->work)){+.+.}-{0:0}:');
  assert.equal(
    nodes.map((n) => (n.type === 'trace' ? n.label : n.type === 'head' ? n.values : n.type)),
    [
      '-> #2 ((work_completion)(&(&xyz->work)->work)){+.+.}-{0:0}',
      { depth: 2, name: '(work_completion)(&(&xyz->work)->work)', usage: '{+.+.}-{0:0}' },
    ],
  );
});

test('a new dependency of two locks is no lock that is held', () =>
  assert.equal(heads(' (&a->lock){....}-{2:2} -> (&b->lock){.?.+}-{2:2}'), []));

test('a scenario: each step in the column of its CPU, two on a line where they are', () => {
  const steps = (line: string) => heads(line).map((h) => [h.values.column, h.values.step]);
  assert.equal(steps('  lock((work_completion)(&xyz->work));'), [[0, 'lock((work_completion)(&xyz->work))']]);
  assert.equal(steps('                               local_irq_disable();'), [[1, 'local_irq_disable()']]);
  assert.equal(steps('  <Interrupt>'), [[0, '<Interrupt>']]);
  assert.equal(steps('  lock(a);                     rlock(b);'), [
    [0, 'lock(a)'],
    [1, 'rlock(b)'],
  ]);
  assert.equal(
    heads('  (console_sem).lock --> &rq->lock --> &p->pi_lock').map((h) => h.values.link),
    ['(console_sem).lock', '&rq->lock', '&p->pi_lock'],
  );
});

test('a comm may hold blanks, slashes and colons', () => {
  assert.equal(values('kworker/u8:2/48 is trying to acquire lock:'), { comm: 'kworker/u8:2', pid: 48 });
  assert.equal(values('Web Content/9 [HC1[1]:SC0[0]:HE0:SE1] takes:'), {
    comm: 'Web Content',
    pid: 9,
    context: 'HC1[1]:SC0[0]:HE0:SE1',
  });
  assert.equal(values('2 locks held by kworker/1:2/119:'), { count: '2', comm: 'kworker/1:2', pid: 119 });
  assert.equal(values('no locks held by swapper/1/0.'), { count: 'no', comm: 'swapper/1', pid: 0 });
  assert.equal(values('1 lock held by a locks held by b/7:').comm, 'a locks held by b');
});

test('titles: bracketed until 4.10, WARNING since', () => {
  assert.is(values('[ INFO: possible circular locking dependency detected ]').what, 'possible circular locking dependency detected');
  assert.is(values('WARNING: bad unlock balance detected!').what, 'bad unlock balance detected');
  assert.equal(values('WARNING: xyzd/77 still has locks held!'), { level: 'WARNING', comm: 'xyzd', pid: 77, what: 'still has locks held' });
});

test('spin_dump() names the lock or gives its address', () => {
  const named = values(' lock: xyz_lock+0x0/0xffffffffffffffa0 [driver_xyz], .magic: dead4ead, .owner: a b/12, .owner_cpu: 1');
  assert.equal(named, { name: 'xyz_lock+0x0/0xffffffffffffffa0', magic: '0xdead4ead', owner: 'a b', ownerPid: 12, ownerCpu: 1 });
  const none = values(' lock: 0xffff8881, .magic: 00000000, .owner: <none>/-1, .owner_cpu: 0');
  assert.equal(none, { address: '0xffff8881', magic: '0x0', owner: '<none>', ownerPid: -1, ownerCpu: 0 });
});

test('rcu: the place and the complaint; a source line elsewhere is none', () => {
  assert.equal(values('net/core/dev.c:412 suspicious rcu_dereference_check() usage!'), {
    file: 'net/core/dev.c',
    line: 412,
    message: 'suspicious rcu_dereference_check() usage',
  });
  assert.equal(readText('lock', 'foo.c:12 hello').nodes, []);
});

test.run();
