import type { Layout } from '../from-part.ts';
import { address, field } from './cell.ts';

/** `ps` by its flags: -m when each last ran; -k kernel threads, -u programs, -G no threads of a program but the first. */
export const psLayouts: Layout = (rows, session, args) => {
  const wanted = rows.filter(
    ({ vszKb, pid, tgid }) =>
      (!args.includes('-k') || vszKb === 0) &&
      (!args.includes('-u') || vszKb !== 0) &&
      (!args.includes('-G') || tgid === undefined || pid === tgid),
  );
  return (args.includes('-m') ? lastRunLayout : psLayout)(wanted, session, args);
};

/** `ps`: what is on a CPU has `>`, kernel threads stand in brackets. */
const psLayout: Layout = (rows) =>
  [
    '      PID    PPID  CPU       TASK        ST  %MEM      VSZ      RSS  COMM\n',
    ...rows.map((row) => {
      const mark = row.active === true ? '>' : ' ';
      const memory = row.memPercent === undefined ? '-' : Number(row.memPercent).toFixed(1);
      // a task that has exited has no memory either
      const comm = row.vszKb === 0 && row.state !== 'ZO' ? `[${field(row, 'comm')}]` : field(row, 'comm');
      const columns = [
        `${mark} ${field(row, 'pid').padStart(7)} ${field(row, 'ppid').padStart(7)} ${field(row, 'cpu').padStart(3)}`,
        `${address(row, 'task')}  ${field(row, 'state')}  ${memory.padStart(4)}`,
        `${field(row, 'vszKb').padStart(7)} ${field(row, 'rssKb').padStart(8)}`,
        comm,
      ];
      return `${columns.join('  ')}\n`;
    }),
  ].join('');

/** `ps -m`: how long ago each task last ran, the latest first. */
const lastRunLayout: Layout = (rows) => {
  const ago = rows.map(({ lastRunAgoNs }) => (lastRunAgoNs === undefined ? '-' : agoText(Number(lastRunAgoNs))));
  const width = ago.reduce((most, text) => Math.max(most, text.length), 0);
  return rows
    .map((row, i) => {
      const task = `PID: ${field(row, 'pid').padEnd(7)}  TASK: ${address(row, 'task')}  CPU: ${field(row, 'cpu').padEnd(3)}`;
      return `[${ago[i]!.padStart(width)}] [${field(row, 'state')}]  ${task}  COMMAND: "${field(row, 'comm')}"\n`;
    })
    .join('');
};

/** Days, then hours:minutes:seconds.milliseconds. @tested */
export function agoText(ns: number): string {
  const ms = Math.floor(ns / 1e6);
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const clock = `${two((ms / 3_600_000) % 24)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  return `${Math.floor(ms / 86_400_000)} ${clock}.${String(ms % 1000).padStart(3, '0')}`;
}

/** `runq`: by CPU what runs, what waits. */
export const runqLayout: Layout = (rows) => {
  const cpus = [...new Set(rows.map(({ cpu }) => cpu))];
  return cpus
    .map((cpu) => {
      const of = (queue: string): string[] => {
        const waiting = rows.filter((row) => row.cpu === cpu && row.queue === queue);
        const lines = waiting.map(
          (row) =>
            `     [${field(row, 'prio').padStart(3)}] PID: ${field(row, 'pid').padEnd(6)} TASK: ${address(row, 'task')}  COMMAND: "${field(row, 'comm')}"\n`,
        );
        return lines.length > 0 ? lines : ['     [no tasks queued]\n'];
      };
      const current = rows.find((row) => row.cpu === cpu && row.queue === 'current');
      const running = current
        ? `PID: ${field(current, 'pid').padEnd(6)} TASK: ${address(current, 'task')}  COMMAND: "${field(current, 'comm')}"`
        : '-';
      return [`CPU ${cpu}\n  CURRENT: ${running}\n`, '  RT PRIO_ARRAY:\n', ...of('rt'), '  CFS RB_ROOT:\n', ...of('cfs')].join('');
    })
    .join('\n');
};
