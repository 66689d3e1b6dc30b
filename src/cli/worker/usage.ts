import { readFileSync } from 'node:fs';

/** What a process has taken so far. */
export interface Usage {
  /** CPU time of all its threads. */
  readonly seconds: number;
  readonly residentMb: number;
}

/** Linux's: 4 kB pages and 100 ticks a second are what it shows to programs on the machines that a worker runs on. */
const PAGE = 4096;
const TICKS = 100;

/** Of one that is gone, and where no /proc says it: nothing. */
export function usageOf(pid: number | undefined): Usage {
  try {
    const resident = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE;
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // the name of the program, in brackets, may hold anything; utime and stime are the 12th and 13th after it (proc(5))
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { seconds: (Number(fields[11]) + Number(fields[12])) / TICKS, residentMb: resident / 2 ** 20 };
  } catch {
    return { seconds: 0, residentMb: 0 };
  }
}
