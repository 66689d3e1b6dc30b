// An OOM report of 20,000 tasks against a healthy log of as many lines: text in, JSON out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventPipeline } from '../../src/read/events/pipeline.ts';
import { TextReader } from '../../src/text/reader.ts';
import type { Row } from './row.ts';

const TASKS = 20_000;
const RUNS = 5;

const stamped = (text: string, i: number): string => `[${(100 + i / 1e6).toFixed(6).padStart(12)}] ${text}`;

/** Lines as a healthy boot has them, about as long as a row of the task table. */
const HEALTHY = [
  'pci 0000:00:01.1: BAR 4 [io  0xc020-0xc02f]: legacy IDE quirk, as large as it gets',
  'TCP established hash table entries: 2048 (order: 2, 16384 bytes, linear)',
  'usb 1-1: New USB device found, idVendor=1d6b, idProduct=0002, bcdDevice= 6.01',
  'systemd[1]: Started Daily Cleanup of Temporary Directories and what else there is.',
];
const healthyLog = (): string => Array.from({ length: TASKS + 20 }, (_, i) => stamped(HEALTHY[i % HEALTHY.length] ?? '', i)).join('\n');

const pad = (n: number, width: number): string => String(n).padStart(width);
const row = (i: number): string =>
  `[${pad(300 + i, 7)}] ${pad(1000, 5)} ${pad(300 + i, 5)} ${pad(40_000 + i, 8)} ${pad(1_000 + ((i * 7919) % 5_000), 8)} ${pad(143_360, 8)} ${pad(i % 50, 8)}         ${pad((i % 3) * 100, 5)} worker ${i % 100}`;

/** mm/oom_kill.c of 6.1 on a machine with so many tasks. */
export function oomLog(tasks: number): string {
  const lines = [
    'java invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), order=0, oom_score_adj=0',
    'CPU: 1 PID: 300 Comm: java Not tainted 6.1.0-56-amd64 #1  Debian 6.1.192-2',
    'Call Trace:',
    ' dump_stack_lvl+0x44/0x5c',
    ' dump_header+0x4a/0x211',
    'Mem-Info:',
    'active_anon:44824 inactive_anon:0 isolated_anon:0',
    ' active_file:0 inactive_file:0 isolated_file:0',
    ' free:447 free_pcp:1014 free_cma:0',
    'Node 0 DMA32 free:888kB boost:0kB min:1644kB low:2052kB high:2460kB present:245632kB managed:197720kB',
    'lowmem_reserve[]: 0 0 0 0 0',
    'Node 0 DMA32: 0*4kB 1*8kB (M) 1*16kB (M) = 24kB',
    '65406 pages RAM',
    '12136 pages reserved',
    'Tasks state (memory values in pages):',
    '[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name',
    ...Array.from({ length: tasks }, (_, i) => row(i)),
    'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=worker 1,pid=301,uid=1000',
    'Out of memory: Killed process 301 (worker 1) total-vm:151520kB, anon-rss:150208kB, file-rss:4kB, shmem-rss:648kB, UID:0 pgtables:332kB oom_score_adj:500',
  ];
  return lines.map(stamped).join('\n');
}

/** Wall seconds of `lastkmsg events`, from the start of the process to the last byte of JSON; the best of a few runs. */
function processSeconds(file: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync('sh', ['-c', `'${process.execPath}' dist/cli.js events '${file}' >/dev/null`], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`events ended with ${status}: ${stderr}`);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
  }
  return best;
}

/** The same within this process, compiled and with its grammars built. */
function warmSeconds(log: string): number {
  const bytes = Buffer.from(log, 'latin1');
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const start = process.hrtime.bigint();
    const reader = new TextReader({ form: 'dmesg' });
    const pipeline = new EventPipeline({ source: 'log' });
    const events = [...pipeline.push(reader.push(bytes)), ...pipeline.push(reader.end()), ...pipeline.end()];
    const json = events.map((event) => JSON.stringify(event)).join('\n');
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e9);
    const tasks = events[0]?.oom?.tasks?.length ?? 0;
    if (json !== '' && tasks !== TASKS) throw new Error(`${tasks} tasks of ${TASKS}`);
  }
  return best;
}

/** Issue 4: the table of 20,000 tasks read, ranked and emitted in at most twice the time of a healthy log of as many lines. */
export async function bench(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lastkmsg-oom-'));
  try {
    const logs = { healthy: healthyLog(), oom: oomLog(TASKS) };
    for (const [name, text] of Object.entries(logs)) writeFileSync(join(dir, name), `${text}\n`, 'latin1');
    const row = (name: string, healthy: number, oom: number, floor: number | undefined): Row => ({
      name,
      figure: healthy / oom,
      unit: 'of the speed of a healthy log',
      floor,
      note: `${(oom * 1000).toFixed(0)} ms, healthy ${(healthy * 1000).toFixed(0)} ms`,
    });
    return [
      row('OOM report of 20,000 tasks', processSeconds(join(dir, 'healthy')), processSeconds(join(dir, 'oom')), 1 / 2),
      // no promise: nearly half of it is writing four megabytes of JSON
      row('the same, warm', warmSeconds(logs.healthy), warmSeconds(logs.oom), undefined),
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}
