import { BOOT_ENTRY } from '../../record/boot-entry.ts';
import type { PrintkRecord, RecordWall } from '../../record/record.ts';
import { lastUsec, matchKernelTime } from '../prefix/kernel-time.ts';

/** What a journal entry says, each field's first value as a byte string. */
export type JournalFields = ReadonlyMap<string, string>;

/** Fields that are kept; an entry of the kernel has about a dozen. */
export const FIELDS = new Set(
  (
    'MESSAGE PRIORITY SYSLOG_FACILITY SYSLOG_IDENTIFIER SYSLOG_PID _TRANSPORT _BOOT_ID _PID __REALTIME_TIMESTAMP __MONOTONIC_TIMESTAMP ' +
    '_SOURCE_MONOTONIC_TIMESTAMP _KERNEL_SUBSYSTEM _KERNEL_DEVICE'
  ).split(' '),
);

/** Turns entries of journald into records: those that came through the kernel. */
export class JournalEntries {
  private boot: string | undefined;

  read(fields: JournalFields, seq: number, out: PrintkRecord[]): void {
    const message = fields.get('MESSAGE');
    if (message === undefined || !fromKernel(fields)) return;
    const identifier = fields.get('SYSLOG_IDENTIFIER') ?? 'kernel';
    const pid = fields.get('SYSLOG_PID');
    // a program's line in /dev/kmsg: journald takes `systemd[1]: ` off and keeps it in fields
    const text = identifier === 'kernel' ? message : `${identifier}${pid === undefined ? '' : `[${pid}]`}: ${message}`;
    const own = identifier === 'kernel' && !fields.has('_SOURCE_MONOTONIC_TIMESTAMP') ? stamped(message) : undefined;
    const dict = this.dict(fields);
    out.push({
      seq,
      usec: own?.usec ?? number(fields.get('_SOURCE_MONOTONIC_TIMESTAMP')),
      level: number(fields.get('PRIORITY'), 7),
      facility: number(fields.get('SYSLOG_FACILITY'), 127),
      callerId: own?.callerId,
      text: own?.text ?? text,
      dict: dict.length > 0 ? dict : undefined,
      continuation: undefined,
      wall: wallOf(fields),
    });
  }

  private dict(fields: JournalFields): string[] {
    const dict: string[] = [];
    const subsystem = fields.get('_KERNEL_SUBSYSTEM');
    const device = fields.get('_KERNEL_DEVICE');
    const boot = fields.get('_BOOT_ID');
    if (subsystem !== undefined) dict.push(`SUBSYSTEM=${subsystem}`);
    if (device !== undefined) dict.push(`DEVICE=${device}`);
    if (boot !== undefined && boot !== this.boot) {
      dict.push(`${BOOT_ENTRY}${boot}`);
      this.boot = boot;
    }
    return dict;
  }
}

/** A message that begins with the kernel's own time: imklog's, which syslog-ng and others write with the journal's names. */
function stamped(message: string): { readonly usec: number; readonly callerId: string | undefined; readonly text: string } | undefined {
  const end = matchKernelTime(message, 0, message.length);
  if (end < 0) return undefined;
  const usec = lastUsec;
  const { caller, text = '' } = /^(?:\[ *(?<caller>[TC]\d{1,10})\])? ?(?<text>.*)$/s.exec(message.slice(end))?.groups ?? {};
  return { usec, callerId: caller, text };
}

/** `--output-fields` may have left _TRANSPORT out: then what has no pid of journald's own finding is the kernel's. */
function fromKernel(fields: JournalFields): boolean {
  const transport = fields.get('_TRANSPORT');
  return transport === undefined ? !fields.has('_PID') : transport === 'kernel';
}

/** journald's own time, when it read the record, which is `__MONOTONIC - _SOURCE_MONOTONIC` later than it was printed. */
function wallOf(fields: JournalFields): RecordWall | undefined {
  const usec = number(fields.get('__REALTIME_TIMESTAMP'));
  if (usec === undefined) return undefined;
  const late =
    (number(fields.get('__MONOTONIC_TIMESTAMP')) ?? Number.NaN) - (number(fields.get('_SOURCE_MONOTONIC_TIMESTAMP')) ?? Number.NaN);
  return { usec, source: 'journal', uncertaintySeconds: Number.isFinite(late) ? Math.max(0, late) / 1e6 : 15 };
}

const number = (text: string | undefined, most = Number.POSITIVE_INFINITY): number | undefined =>
  text !== undefined && /^\d{1,16}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
