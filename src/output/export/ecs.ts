import type { Event } from '../../event/event.ts';
import { isKindOf } from '../../event/kinds.ts';
import { unobeyed } from '../json/event-json.ts';
import type { Export, ExportContext } from './export.ts';
import { named, SYSLOG, said, stackTrace, wallMs, why } from './said.ts';

/** Elastic Common Schema, as a line of JSON an event: what Filebeat, Logstash and Elasticsearch's bulk take as it is. */
export function ecs(context: ExportContext): Export {
  return {
    encoding: 'utf8',
    streamed: true,
    head: '',
    input: () => undefined,
    event: (event, reasons) => `${unobeyed(JSON.stringify(documentOf(event, reasons, context)))}\n`,
    end: () => '',
  };
}

const ECS_VERSION = '8.11.0';

function documentOf(event: Event, reasons: readonly string[] | undefined, { now, version, what }: ExportContext) {
  const time = wallMs(event);
  const syslog = SYSLOG[event.severity];
  return {
    // every document must have one: where the log has no time of the day it is that of reading, and a tag says so
    '@timestamp': new Date(time ?? now).toISOString(),
    ...(time === undefined && { tags: ['time-of-reading'] }),
    ecs: { version: ECS_VERSION },
    message: said(event.title),
    event: {
      kind: 'event',
      ...whatHappened(event),
      action: event.kind,
      severity: syslog.code,
      module: 'lastkmsg',
      reason: why(reasons),
      dataset: `lastkmsg.${what}`,
      ingested: new Date(now).toISOString(),
    },
    log: {
      level: event.severity,
      file: { path: named(event.source) },
      syslog: { severity: syslog, facility: { code: 0, name: 'kern' } },
    },
    host: { os: { type: 'linux', kernel: text(event.kernel?.release) } },
    ...processOf(event),
    error: { type: event.kind, message: said(event.title), stack_trace: stackTrace(event) },
    observer: { product: 'lastkmsg', version },
    lastkmsg: {
      id: event.id,
      boot: event.boot,
      uptime: event.uptime,
      signature: event.signature?.hash,
      culprit: text(event.culprit?.symbol),
      module: text(event.culprit?.module),
      hardware: text(event.hardware),
      records: event.records,
      completeness: event.completeness,
    },
  };
}

/** Who it happened to: of an OOM kill the one that was killed, not the one that asked for memory. */
function processOf({ oom, task }: Event) {
  const whom = oom?.victims?.[0] ?? task;
  return whom && { process: { pid: whom.pid, name: text(whom.comm) } };
}

const text = (value: string | undefined): string | undefined => (value === undefined ? undefined : said(value));

/** event.category and event.type, of the values that ECS allows together. */
function whatHappened({ kind, severity }: Event): { readonly category: readonly string[]; readonly type: readonly string[] } {
  if (isKindOf(kind, 'oom-killer', 'user-fault')) return { category: ['process'], type: ['end'] };
  if (kind === 'netdev-watchdog') return { category: ['network'], type: ['info'] };
  return { category: ['host'], type: [severity === 'fatal' ? 'end' : 'info'] };
}
