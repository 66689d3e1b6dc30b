import { ownRows } from '../event/own-rows.ts';
import type { EventContext } from '../event/tab.ts';

/** Which records of the report say what is shown: where enter leads. */
export interface Said {
  /** The first record whose text matches. */
  readonly line: (pattern: RegExp) => number | undefined;
  /** The first record that holds this text. */
  readonly saying: (text: string) => number | undefined;
  /** The record of a task's row. */
  readonly task: (pid: number) => number | undefined;
}

/** mm/oom_kill.c dump_task(): the row of a task. */
const TASK_ROW = /^\[ *(\d{1,10})\] +-?\d/;

/** Looks through the event's own records once; strangers between them say nothing of it. */
export function saidIn({ view, source, event }: EventContext): Said {
  return view.memo.of(event, 'oom-said', `${source.rowsOf(event)}`, () => {
    const { records } = source;
    const rows: number[] = [];
    const tasks = new Map<number, number>();
    for (const row of ownRows({ source, event })) {
      const pid = TASK_ROW.exec(records.text(row))?.[1];
      if (pid === undefined) rows.push(row);
      else if (!tasks.has(Number(pid))) tasks.set(Number(pid), records.seq(row));
    }
    const first = (test: (text: string) => boolean): number | undefined => {
      const row = rows.find((at) => test(records.text(at)));
      return row === undefined ? undefined : records.seq(row);
    };
    return {
      line: (pattern) => first((text) => pattern.test(text)),
      saying: (wanted) => first((text) => text.includes(wanted)),
      task: (pid) => tasks.get(pid),
    };
  });
}
