// Who was running, in the forms of all releases: the CPU line, Red Hat's taint, powerpc's REGS line.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readText } from '../../support/read-text.ts';

type Who = readonly [line: string, cpu: Readonly<Record<string, string | number | undefined>>];

const LINES: readonly Who[] = [
  [
    'CPU: 1 UID: 0 PID: 30 Comm: kworker/0:1 Tainted: G        W  OE      6.12.0 #1',
    { cpu: 1, uid: 0, pid: 30, comm: 'kworker/0:1', taint: 'G        W  OE', release: '6.12.0', version: '#1' },
  ],
  [
    'CPU: 1 PID: 30 Comm: java Kdump: loaded Tainted: G           OE  ------------ T 3.10.0-1160.el7.x86_64 #1',
    { cpu: 1, pid: 30, comm: 'java', taint: 'G           OE  ------------ T', release: '3.10.0-1160.el7.x86_64', version: '#1' },
  ],
  [
    'CPU: 1 PID: 30 Comm: java Kdump: loaded Not tainted 4.18.0-553.el8_10.x86_64 #1',
    { cpu: 1, pid: 30, comm: 'java', taint: '', release: '4.18.0-553.el8_10.x86_64', version: '#1' },
  ],
  [
    'Pid: 30, comm: my prog Tainted: G        W  ---------------    2.6.32-754.el6.x86_64 #1 Dell PowerEdge',
    { pid: 30, comm: 'my prog', taint: 'G        W  ---------------', release: '2.6.32-754.el6.x86_64', version: '#1' },
  ],
  [
    'Pid: 30, comm: java Tainted: G           --L------------    2.6.32-642.el6.x86_64 #1',
    { pid: 30, comm: 'java', taint: 'G           --L------------', release: '2.6.32-642.el6.x86_64', version: '#1' },
  ],
  [
    'CPU: 4 PID: 30 Comm: X Kdump: loaded Tainted: G           OE    ---------r-  - 4.18.0-372.el8.x86_64 #1',
    { cpu: 4, pid: 30, comm: 'X', taint: 'G           OE    ---------r-  -', release: '4.18.0-372.el8.x86_64', version: '#1' },
  ],
  [
    'CPU: 4 PID: 30 Comm: java Tainted: G            E     n 6.4.0-150600.21-default #1 SLE15-SP6 (unreleased)',
    { cpu: 4, comm: 'java', taint: 'G            E     n', release: '6.4.0-150600.21-default', version: '#1 SLE15-SP6 (unreleased)' },
  ],
  [
    'CPU: 7 PID: 1 Comm: swapper/0 FTT: 0 0 Tainted: G S                4.19.113 #1',
    { cpu: 7, pid: 1, comm: 'swapper/0', taint: 'G S', release: '4.19.113', version: '#1' },
  ],
  [
    'Pid: 1, comm: init Tainted: PF          O 3.2.0-4-amd64 #1 Debian 3.2.57-3 Xyz Inc. Board/1',
    { pid: 1, comm: 'init', taint: 'PF          O', release: '3.2.0-4-amd64', version: '#1 Debian 3.2.57-3' },
  ],
  [
    'CPU: 1 PID: -1986900112 Comm: x Tainted: G      D           4.20.0+ #2',
    { cpu: 1, pid: -1986900112, release: '4.20.0+', version: '#2' },
  ],
];

for (const [line, said] of LINES) {
  test(line, () => {
    const cpu = readText('oops', line).nodes.find((n) => n.type === 'cpu');
    for (const [key, value] of Object.entries(said)) assert.is(cpu?.[key as keyof typeof cpu], value, key);
  });
}

test("powerpc's REGS line: taint is no register, and the release stands in brackets", () => {
  const [node] = readText(
    'oops',
    'REGS: c00000000333f8f0 TRAP: 0300   Tainted: G           OE       (6.1.0-50-powerpc64le Debian 6.1.176-1)',
  ).nodes;
  assert.equal(node, {
    type: 'registers',
    line: 0,
    values: [
      ['REGS', '0xc00000000333f8f0'],
      ['TRAP', '0x300'],
    ],
    taint: 'G           OE',
    release: '6.1.0-50-powerpc64le',
    version: 'Debian 6.1.176-1',
  });
});

test.run();
