// Verdicts, open questions, next steps and the crash script: what may stand in them, and that hostile logs change none of it.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Event } from '../../src/event/event.ts';
import { correlate } from '../../src/incident/correlate.ts';
import { crashScript } from '../../src/incident/crash-script.ts';
import { reasonsOf } from '../../src/incident/verdict/reasons.ts';
import { incidentReport, incidentReportToJson } from '../../src/output/json/incident-json.ts';
import { cells } from '../../src/output/text/cells.ts';
import { incidentSummary } from '../../src/output/text/incident-summary.ts';
import { plain } from '../../src/output/text/theme.ts';
import { eventsOf, incidentsOf, type Part, running } from '../support/incident-events.ts';
import { assertLinear } from '../support/steps.ts';
import { schemaErrors } from '../support/validate-event.ts';

const info = { schemaVersion: 1, source: 'a', container: { format: 'text' }, log: { records: 1000 }, warnings: [] } as const;
const oops = eventsOf(
  {
    kind: 'warning',
    severity: 'warning',
    task: { pid: 1, comm: 'init', cpu: 0 },
    ...running('driver_xyz_fault [driver_xyz]'),
    details: { message: 'ring 3' },
  },
  {
    kind: 'null-dereference',
    task: { pid: 4123, comm: 'kworker/u16:2', cpu: 7 },
    fault: { address: '0x10', access: 'read' },
    registers: { RDI: '0xffff8b2a7f1f0c00' },
    ...running('driver_xyz_process [driver_xyz]', 'worker_thread'),
  },
  { kind: 'panic', title: 'kernel panic: Fatal exception', details: { reason: 'Fatal exception' } },
);

test('the sentence: what, where, who, why it was the end', () => {
  const [, crash] = incidentsOf(oops);
  assert.is(
    crash?.verdict,
    'driver_xyz_process [driver_xyz] read through a NULL pointer (address 0x10) in kworker/u16:2[4123] on CPU 7; the kernel panicked because panic_on_oops is set.',
  );
  assert.is(crash?.severity, 'fatal');
  assert.is(crash?.terminal, 'E3');
});

test('a reason that begins with a name keeps it as it is, and another begins with a capital', () => {
  const events = eventsOf({ kind: 'null-dereference', ...running('start.constprop.0 [nbd]') });
  const clause = (text: string) => ({ text, evidence: [1] });
  assert.equal(
    reasonsOf(
      [clause('nbd (out of tree) had been loaded 2 s before'), clause('start was last seen in nbd'), clause('nothing else had it')],
      '',
      events,
    ).map(({ text }) => text),
    ['nbd (out of tree) had been loaded 2 s before.', 'start was last seen in nbd.', 'Nothing else had it.'],
  );
});

test('a slab object: what was done to it, and who had it', () => {
  const said = (message: string): string =>
    incidentsOf(
      eventsOf({
        kind: 'slab-corruption',
        details: { cache: 'kmalloc-1k', message },
        stacks: [
          {
            label: 'Allocated in open_it+0x1/0x2 [nbd] age=5 cpu=0 pid=150',
            context: 'task',
            frames: [{ symbol: 'open_it', module: 'nbd', reliable: true }],
          },
          {
            label: 'Freed in drop_it+0x1/0x2 [nbd] age=5 cpu=0 pid=150',
            context: 'task',
            frames: [{ symbol: 'drop_it', module: 'nbd', reliable: true }],
          },
        ],
      }),
    )[0]?.verdict ?? '';
  const object = 'An object of the slab allocator (kmalloc-1k, allocated in open_it [nbd], freed in drop_it [nbd])';
  assert.is(said('Poison overwritten'), `${object} was written after it was freed.`);
  assert.is(said('Right Redzone overwritten'), `${object} was written beyond its end.`);
  assert.is(said('Left Redzone overwritten'), `${object} was written before its beginning.`);
  assert.is(said('Object already free'), `${object} was freed when it was free already.`);
  assert.not.match(said('Freelist Pointer check fails'), /object of the slab/);
});

test('a page that is there but forbids the access is said to be there', () => {
  const verdictOf = (part: Partial<Event>): string =>
    incidentsOf(eventsOf({ kind: 'paging-fault', ...running('fill [nbd]'), ...part }))[0]?.verdict ?? '';
  const fault = {
    address: '0xffffffffc06da1d0',
    access: 'write',
    cause: 'write in kernel mode: the page is there but forbids it',
  } as const;
  assert.match(verdictOf({ fault }), /\(0xffffffffc06da1d0\), where something is that may not be written\.$/);
  assert.match(verdictOf({ fault, task: { pid: 7, comm: 'sh', cpu: 1 } }), /may not be written, in sh\[7\] on CPU 1/);
  assert.not.match(verdictOf({ fault: { ...fault, cause: 'write in kernel mode: no page there' } }), /where something is/);
});

test('every clause rests on records, and the sentence is its clauses', () => {
  for (const { clauses, verdict } of incidentsOf(oops)) {
    for (const { evidence } of clauses) assert.ok(evidence.length > 0);
    assert.is(verdict.toLowerCase(), `${clauses.map(({ text }) => text).join('; ')}.`.toLowerCase());
  }
});

test('the clause that begins it rests on its head and on the fields that it names', () => {
  const sources = {
    'fault.address': [202],
    'task.pid': [205],
    'task.comm': [205],
    'task.cpu': [205],
    culprit: [207],
    'registers.RDI': [208],
  };
  const [, crash] = incidentsOf(oops.map((event) => (event.id === 'E2' ? { ...event, sources } : event)));
  assert.equal(crash?.clauses[0]?.evidence, [200, 202, 205, 207]);
});

const PHRASES: readonly (readonly [Partial<Event> & Pick<Event, 'kind'>, string])[] = [
  [{ kind: 'null-dereference', fault: { address: '0x10' } }, 'Kernel code used a NULL pointer (address 0x10).'],
  [
    { kind: 'paging-fault', at: { address: '0xbfff' }, fault: { address: '0xbfff', access: 'execute' } },
    'Kernel code jumped to a bad address (0xbfff).',
  ],
  [
    {
      kind: 'paging-fault',
      ...running('f'),
      fault: { address: '0x6b7b', access: 'read', hint: 'POISON_FREE + 0x10: freed slab object (use after free); x' },
    },
    'f read from a bad address (0x6b7b, POISON_FREE + 0x10: freed slab object).',
  ],
  [
    {
      kind: 'general-protection',
      ...running('f'),
      fault: { address: '0xfffa', hint: 'ERR_PTR(-6) = -ENXIO used as a pointer, or NULL - 0x6 (likely)' },
    },
    'f used an address that cannot be one (0xfffa, probably ERR_PTR(-6) = -ENXIO used as a pointer): a general protection fault.',
  ],
  [
    {
      kind: 'general-protection',
      ...running('f'),
      fault: { address: '0xdffffc0000000004', hint: 'null-ptr-deref in range 0x0000000000000020-0x0000000000000027; x' },
    },
    'f used a NULL pointer (address 0x20 to 0x27).',
  ],
  [
    { kind: 'resource-leak', title: 'x', details: { device: 'eth0', refs: 1 } },
    'eth0 could not be removed: 1 reference to it is still held.',
  ],
  [
    { kind: 'workqueue-lockup', title: 'x', details: { cpus: [3], seconds: 54, works: [{ state: 'in-flight', work: 'driver_xyz_spin' }] } },
    'The workers of CPU 3 made no progress for 54 s, busy with driver_xyz_spin.',
  ],
  [{ kind: 'general-protection', ...running('f') }, 'f met a general protection fault.'],
  [{ kind: 'warning', ...running('f'), details: { message: 'It is bad.' } }, 'A check failed in f: "It is bad".'],
  [{ kind: 'trap', title: 'breakpoint in f' }, 'Breakpoint in f.'],
  [
    { kind: 'user-fault', title: 'segfault in app', task: { pid: 7, comm: 'app', cpu: 1 } },
    'app[7] died of its own fault on CPU 1 (segfault).',
  ],
  [
    { kind: 'panic', details: { reason: 'firmware state 0x2a' }, task: { pid: 7, comm: 'app', cpu: 1 } },
    'The kernel panicked in app[7] on CPU 1: "firmware state 0x2a".',
  ],
  [
    { kind: 'panic', details: { reason: 'stack-protector: Kernel stack is corrupted in' }, ...running('f') },
    'A stack canary was overwritten and the kernel panicked ("stack-protector: Kernel stack is corrupted in f").',
  ],
  [{ kind: 'filesystem-error', title: 'EXT4-fs error (device vda) in f', details: { device: 'vda' } }, 'EXT4-fs error (device vda) in f.'],
  [{ kind: 'filesystem-error', title: 'XFS: shut down', details: { device: 'sdb' } }, 'The file system failed on sdb (XFS: shut down).'],
  [{ kind: 'atomic-context', title: 'BUG: scheduling while atomic in f', ...running('f') }, 'f went to sleep in atomic context.'],
  [{ kind: 'nmi', title: 'NMI: x', details: { reason: '0x3d' } }, 'An NMI that nobody claimed arrived (NMI: x).'],
  [{ kind: 'nmi', title: 'NMI: x', details: { reason: '0xa1', pciSystemError: true } }, 'The chipset raised an NMI (NMI: x).'],
];
test('each sort of report has a sentence of its own', () => {
  for (const [part, verdict] of PHRASES) assert.is(incidentsOf(eventsOf(part))[0]?.verdict, verdict);
});

test('what only informs failed nothing', () => {
  const log: Part = { kind: 'block-error', severity: 'info', title: 'mpt3sas: log info', details: { device: 'mpt3sas_cm0' } };
  const abort: Part = { kind: 'block-error', title: 'SCSI: attempting task abort', details: { address: '0:0:5:0' } };
  assert.is(
    incidentsOf(eventsOf(log, abort, { ...log, title: 'b' }))[0]?.verdict,
    'mpt3sas: log info, on mpt3sas_cm0; SCSI: attempting task abort followed (medium confidence).',
  );
});

test('a panic after which the log goes on is told as what a line says', () => {
  const line = eventsOf({ kind: 'panic', title: 'kernel panic: x', uptime: 5, records: { first: 9, last: 9, count: 1 } });
  const [incident] = incidentsOf(line, { lastUptime: 9, lastRecord: 40 });
  assert.is(incident?.verdict, 'A lone line says that the kernel panicked: "x"; but the log goes on for 4 s.');
  assert.equal(incident?.clauses.at(-1)?.evidence, [40]);
  assert.ok(incident?.notProven.some((text) => text.includes('that the kernel panicked')));
});

test('a warning of the same module is named, not joined', () => {
  const [warning, crash] = incidentsOf(oops);
  assert.equal(warning?.events, ['E1']);
  assert.ok(crash?.notProven.some((text) => text.includes('E1')));
});

test("next steps hold this incident's pid, symbol, module, address and build id", () => {
  const steps = incidentsOf(oops, { isDump: true, buildId: 'eb4fbcd037e7253717950bf2b93bd5566f47c56f' })[1]?.nextSteps ?? [];
  const typed = steps.map(({ tool, command }) => `${tool}: ${command}`);
  for (const wanted of [
    'crash: mod -s driver_xyz',
    'crash: sym driver_xyz_process',
    'crash: dis -rl (driver_xyz_process+0x5)',
    'crash: bt -f 4123',
    'crash: kmem 0xffff8b2a7f1f0c00',
    'gdb: list *(driver_xyz_process+0x5)',
    'shell: debuginfod-find debuginfo eb4fbcd037e7253717950bf2b93bd5566f47c56f',
    'shell: sysctl kernel.panic_on_oops',
  ])
    assert.ok(typed.includes(wanted), wanted);
});

test('an event that harmed nobody is in no incident', () => {
  const events = eventsOf({ kind: 'sysrq', severity: 'info', details: { key: 'h' } });
  assert.equal(correlate(events), { incidents: [], unexplained: ['E1'] });
});

const HOSTILE = ['; rm -rf /', '$(reboot)', '`id`', 'a|sh', '!sh', 'x > /etc/passwd', "'", '"', '\n', '\r', '\x1b[31m', '--help', '../..'];
const hostile = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 20 }));
/** Everything that a log says replaced by something hostile. */
const poisoned = (event: Event, text: string): Event =>
  JSON.parse(JSON.stringify(event), (key, value) =>
    typeof value === 'string' && !['kind', 'severity', 'context', 'id', 'completeness', 'access', 'source'].includes(key) ? text : value,
  );
const memory = eventsOf(
  { kind: 'memcg-oom', oom: { victims: [{ pid: 1, comm: 'x' }], cgroup: { oomMemcg: '/x', pod: 'x', container: 'x', unit: 'x' } } },
  { kind: 'block-error', details: { device: 'x' } },
  { kind: 'user-fault', task: { pid: 3 }, details: { object: 'x', objectOffset: 'x' } },
);

test('no text of a log becomes part of a command', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const { nextSteps } of incidentsOf(
        [...oops, ...memory].map((event) => poisoned(event, text)),
        { isDump: true, buildId: text },
      )) {
        for (const { command, tool } of nextSteps) {
          assert.not.match(command, /[\x00-\x1f\x7f-\uffff]/);
          if (tool === 'crash') assert.not.match(command, /[|!<>;`$]/);
          if (HOSTILE.includes(text) && text !== "'" && text !== '"') assert.not.ok(command.includes(text), `${tool}: ${command}`);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('the crash script is commands and comments that crash takes for nothing else', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const line of crashScript(
        text,
        incidentsOf(
          oops.map((event) => poisoned(event, text)),
          { isDump: true },
        ),
      ).split('\n'))
        assert.ok(line === '' || /^# [\w .,:;()[\]/+@=%*?-]*$/.test(line) || /^[a-z]+(?: [\w ,.()+-]+)?$/.test(line), line);
    }),
    { numRuns: 300 },
  );
});

test('the crash script says where the commands of an incident are that stand above already', () => {
  const [incident] = incidentsOf(oops, { isDump: true });
  const script = crashScript('vmcore', [incident!, { ...incident!, id: 'I2' }]);
  const [, second = ''] = script.split('\n# I2: ');
  assert.equal(second.split('\n').slice(1), ['# its commands stand above', '']);
  assert.not.match(crashScript('vmcore', [{ ...incident!, nextSteps: [] }]), /stand above/);
});

test('the summary fits its width but for commands, and holds no control byte', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom(60, 80, 100), (text, width) => {
      const events = [...oops, ...memory].map((event) => poisoned(event, text));
      const found = correlate(events, { isDump: true });
      const excerpts = new Map([['E2', [{ seq: 1, time: 1.5, text: `${text} ${'x'.repeat(200)}` }]]]);
      const shown = incidentSummary(
        { source: 'a.log', info, events, notHeld: 0, excerpts, ...found },
        { width, paint: plain, time: { zone: 'utc' } },
      );
      assert.not.match(shown, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      for (const line of shown.split('\n'))
        assert.ok(cells(line) <= width || /^ {2}(?:crash>|>>>|\(gdb\)|\$) |^ {4}\S+(?: \\)?$/.test(line), line);
    }),
    { numRuns: 100, examples: [['\u{30000}'.repeat(3), 60]] },
  );
});

test('the JSON is what the schema says', () => {
  const report = incidentReport({ name: 'a.log' }, info, correlate(oops, { isDump: true }));
  assert.equal(schemaErrors(JSON.parse(incidentReportToJson(report)), 'IncidentReport'), []);
});

test('a storm of reports is one incident, in linear work', () =>
  assertLinear((size) => {
    const storm = eventsOf(...Array.from({ length: size }, () => ({ kind: 'warning' as const, ...running('check') })));
    return () => {
      const found = incidentsOf(storm);
      assert.is(found.length, 1);
      assert.match(found[0]?.verdict.replace(',', '') ?? '', `reported ${size - 1} more times`);
    };
  }, 5000));

test('so are the next steps of a storm of hung tasks, each of which lists its locks', () =>
  assertLinear((size) => {
    const lock = (pid: number, address: string) => ({ text: 'x', pid, name: '&x->lock', address });
    const storm = eventsOf(
      ...Array.from({ length: size }, (_, pid) => ({
        kind: 'hung-task' as const,
        task: { pid, comm: 'x' },
        // that of a task which no event is about is not looked at
        locks: [lock(size, '0xffff888000000bad'), lock(pid, '0xffff888000001000')],
        ...running('wait'),
      })),
    );
    return () => {
      const found = incidentsOf(storm, { isDump: true });
      assert.is(found.length, 1);
      assert.equal(
        found[0]?.nextSteps.map(({ command }) => command).filter((command) => command.startsWith('struct mutex')),
        ['struct mutex -l mutex.dep_map 0xffff888000001000'],
      );
    };
  }, 300));

test.run();
