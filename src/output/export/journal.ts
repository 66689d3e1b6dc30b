import { createHash } from 'node:crypto';
import type { Event } from '../../event/event.ts';
import type { Export, ExportContext } from './export.ts';
import { named, SYSLOG, said, stackTrace, wallMs, why } from './said.ts';

/** MESSAGE_ID of all our entries: `journalctl MESSAGE_ID=…` finds them. */
const MESSAGE_ID = '5d1f6c0c8e8f4b0f9a6f2f7f3c0f9e51';

/** systemd's journal export format (systemd.io/JOURNAL_EXPORT_FORMATS), for systemd-journal-remote and what else reads it. */
export function journal(context: ExportContext): Export {
  return {
    encoding: 'latin1',
    streamed: true,
    head: '',
    input: () => undefined,
    event: (event, reasons) => `${fieldsOf(event, reasons, context).map(field).join('')}\n`,
    end: () => '',
  };
}

function fieldsOf(
  event: Event,
  reasons: readonly string[] | undefined,
  { now }: ExportContext,
): (readonly [name: string, value: string])[] {
  const time = wallMs(event);
  const fields: Readonly<Record<string, string | number | undefined>> = {
    // journal files hold no entry without both
    __REALTIME_TIMESTAMP: `${BigInt(time ?? now) * 1000n}`,
    __MONOTONIC_TIMESTAMP: Math.max(1, Math.round((event.uptime ?? 0) * 1e6)),
    _BOOT_ID: bootId(event),
    LASTKMSG_TIME: time === undefined ? 'of reading' : event.wall?.source,
    MESSAGE: event.title,
    MESSAGE_ID,
    PRIORITY: SYSLOG[event.severity].code,
    SYSLOG_IDENTIFIER: 'lastkmsg',
    CODE_FUNC: event.culprit?.symbol,
    LASTKMSG_KIND: event.kind,
    LASTKMSG_SEVERITY: event.severity,
    LASTKMSG_ID: event.id,
    LASTKMSG_BOOT: event.boot,
    LASTKMSG_UPTIME: event.uptime,
    LASTKMSG_SIGNATURE: event.signature?.hash,
    LASTKMSG_KERNEL: event.kernel?.release,
    LASTKMSG_PID: event.task?.pid,
    LASTKMSG_COMM: event.task?.comm,
    LASTKMSG_MODULE: event.culprit?.module,
    LASTKMSG_REASONS: why(reasons),
    LASTKMSG_STACK: stackTrace(event),
    LASTKMSG_RECORDS: `${event.records.first}-${event.records.last}`,
  };
  const told = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, said(`${value}`)] as const]));
  return [...told, ['LASTKMSG_SOURCE', named(event.source)]];
}

/** systemd 254 and later refuse an entry without one. The log has none: it is made of the source's name and the boot's number in it. */
const bootId = ({ source, boot }: Event): string => createHash('sha256').update(`lastkmsg ${boot} ${source}`).digest('hex').slice(0, 32);

/** As a line where it is plain text, else its name, its length in 64 bits little-endian, and its bytes. */
function field([name, value]: readonly [string, string]): string {
  if (!/[\x00-\x08\x0a-\x1f\x7f-\x9f]/.test(value)) return `${name}=${Buffer.from(value).toString('latin1')}\n`;
  const bytes = Buffer.from(value);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(bytes.length));
  return `${name}\n${size.toString('latin1')}${bytes.toString('latin1')}\n`;
}
