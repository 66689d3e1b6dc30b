import type { PrintkRecord } from '../../src/record/record.ts';
import { Assembler } from '../../src/report/assemble/assembler.ts';
import type { Report } from '../../src/report/report.ts';

/** Records from lines; `T1| text` gives a caller id. */
export function records(lines: readonly string[]): PrintkRecord[] {
  return lines.map((line, i) => {
    const m = /^([TC]\d+)\| ?/.exec(line);
    return { seq: i + 1, usec: i * 1000, callerId: m?.[1], text: m ? line.slice(m[0].length) : line };
  });
}

export function assemble(input: readonly PrintkRecord[]): Report[] {
  const assembler = new Assembler();
  return [...input.flatMap((r) => [...assembler.push(r)]), ...assembler.end()];
}

export const names = (reports: readonly Report[]): string[] => reports.map((r) => `${r.family.name}/${r.form.name}`);

/** A whole oops, as x86 prints it. */
export const oops = (symbol: string, pid = 1): string[] => [
  'BUG: kernel NULL pointer dereference, address: 0000000000000010',
  '#PF: supervisor read access in kernel mode',
  'Oops: 0000 [#1] PREEMPT SMP NOPTI',
  `CPU: 1 PID: ${pid} Comm: a Not tainted 6.1.0 #1`,
  `RIP: 0010:${symbol}+0x5/0x20`,
  'Call Trace:',
  ' <TASK>',
  ` ${symbol}_caller+0x1/0x2`,
  ' </TASK>',
  '---[ end trace 0000000000000000 ]---',
];
