import type { Event, Severity } from '../../event/event.ts';
import { taskName } from '../../event/task-name.ts';
import { printable } from './printable.ts';
import { shortDateText, type TimeStyle } from './wall-time.ts';

/** A letter beside each word: colour alone says nothing when piped or to who cannot see it. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  fatal: 'F fatal',
  error: 'E error',
  warning: 'W warning',
  info: 'I info',
};

/** Seconds since boot as dmesg prints them, else the wall time, else nothing. */
export function timeText({ uptime, wall }: Event, style: TimeStyle = { zone: 'utc' }): string {
  if (uptime !== undefined) return uptime.toFixed(6);
  return wall ? printable(shortDateText(wall.time, style)) : '-';
}

/** `kworker/u4:0[9] CPU 1`: who and where. */
export function whereText({ task, callerId }: Event): string {
  const who = printable(taskName(task?.comm, task?.pid) ?? '');
  const cpu = task?.cpu === undefined ? '' : `CPU ${task.cpu}`;
  return [who, cpu].filter(Boolean).join(' ') || printable(callerId ?? '-');
}
