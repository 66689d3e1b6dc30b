import type { Incident } from '../../src/event/event.ts';
import type { Report } from '../../src/output/report/report.ts';
import { sample } from './sample-events.ts';

/** Two incidents over the sample events, the worst first: one of two events with an edge, one alone. */
const incidents: readonly Incident[] = [
  {
    id: 'I2',
    verdict: 'Driver_xyz_process wrote through a NULL pointer; the kernel panicked.',
    headline: 'NULL pointer read in fault_null [driver_xyz]; the kernel panicked',
    headlineEvidence: [2000],
    reasons: [],
    clauses: [
      { text: 'driver_xyz_process wrote through a NULL pointer', evidence: [841] },
      { text: 'the kernel panicked', evidence: [9, 842], inferred: true },
    ],
    severity: 'fatal',
    first: 'E1',
    terminal: 'E3',
    events: ['E1', 'E3'],
    edges: [{ from: 'E1', to: 'E3', rule: 'panic-reason', evidence: [841, 9], confidence: 'medium' }],
    notProven: ['who left the pointer NULL'],
    nextSteps: [
      { tool: 'crash', command: 'dis -rl (driver_xyz_process+0x15)', why: 'the instructions up to the one in question' },
      { tool: 'shell', command: 'modinfo driver_xyz', why: 'version and origin of the module' },
    ],
  },
  {
    id: 'I1',
    verdict: 'node was killed; then nothing.',
    headline: 'The machine ran out of memory: node[117] (159 MiB) was killed',
    headlineEvidence: [1000],
    reasons: [],
    clauses: [{ text: 'node was killed; then nothing', evidence: [1000] }],
    severity: 'error',
    first: 'E2',
    terminal: 'E2',
    events: ['E2'],
    edges: [],
    notProven: [],
    nextSteps: [],
  },
];

/** A report of one input with everything a report can show. */
export const sampleReport: Report = {
  version: '0.0.0',
  time: { zone: 'utc' },
  parts: [
    {
      source: '/var/crash/web-01/vmcore',
      notHeld: 0,
      info: {
        schemaVersion: 1,
        source: '/var/crash/web-01/vmcore',
        container: { format: 'kdump-compressed v6', compression: 'zlib' },
        kernel: { release: '6.1.0-56-amd64', nodename: 'web-01', proven: true },
        log: { generation: 'lockless', records: 1005 },
        warnings: ['the bitmap is cut'],
      },
      events: sample,
      incidents,
      unexplained: [],
      losses: ['records 5 to 7 are lost (overwritten)'],
      log: {
        total: 1005,
        items: [
          { kind: 'gap', count: 1000 },
          {
            kind: 'records',
            records: [
              {
                seq: 841,
                time: 8.450111,
                level: 1,
                callerId: 'T4123',
                text: 'BUG: kernel NULL pointer dereference, address: 0000000000000028',
              },
              { seq: 842, time: 8.450112, text: 'one\ntwo <b>\x1b[31m\xff' },
            ],
          },
          { kind: 'gap', count: 1 },
          {
            kind: 'records',
            records: [
              { seq: 9, text: 'sysrq: Trigger a crash' },
              { seq: 9, text: 'the number again' },
            ],
          },
        ],
      },
    },
  ],
};

/** The same value with every text for people replaced; ids, kinds and numbers stay. */
export const withTexts = <T>(value: T, text: string): T =>
  JSON.parse(JSON.stringify(value), (key, item: unknown) =>
    typeof item === 'string' && !KEPT.has(key) && !/^[EI]\d+$/.test(item) ? text : item,
  );

const KEPT = new Set(['kind', 'severity', 'context', 'confidence', 'completeness', 'role', 'generation', 'tool']);
