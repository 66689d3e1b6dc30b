import type { Event, Severity } from '../../event/event.ts';
import { unobeyed } from '../json/event-json.ts';
import type { Export, ExportContext } from './export.ts';
import { named, said, stackTrace, wallMs, why } from './said.ts';

/** SeverityNumber of opentelemetry-proto's logs.proto: FATAL, ERROR, WARN, INFO. */
const SEVERITY: Readonly<Record<Severity, number>> = { fatal: 21, error: 17, warning: 13, info: 9 };

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue: string } | { readonly intValue: string } | { readonly doubleValue: number };
}

/**
 * One ExportLogsServiceRequest of OTLP/HTTP in JSON, on one line: the body of a POST to /v1/logs, and what the collector's file receiver
 * reads. Names are those of OpenTelemetry's semantic conventions where there is one, else `lastkmsg.*`.
 */
export function otlp({ now, version }: ExportContext): Export {
  let count = 0;
  const scope = { name: 'lastkmsg', version };
  return {
    encoding: 'utf8',
    streamed: false,
    head: '{"resourceLogs":[',
    input: () => undefined,
    event: (event, reasons) => {
      const resource = { attributes: resourceOf(event) };
      const logs = { resource, scopeLogs: [{ scope, logRecords: [recordOf(event, reasons, now)] }] };
      return `${count++ > 0 ? ',' : ''}${unobeyed(JSON.stringify(logs))}`;
    },
    end: () => ']}\n',
  };
}

const resourceOf = ({ kernel }: Event): Attribute[] =>
  attributes({ 'service.name': 'kernel', 'os.type': 'linux', 'lastkmsg.kernel.release': kernel?.release });

function recordOf(event: Event, reasons: readonly string[] | undefined, now: number) {
  const time = wallMs(event);
  return {
    // 0 and absent are "unknown" in the protocol
    ...(time !== undefined && { timeUnixNano: nanoseconds(time) }),
    observedTimeUnixNano: nanoseconds(now),
    severityNumber: SEVERITY[event.severity],
    severityText: event.severity,
    body: { stringValue: said(event.title) },
    eventName: `lastkmsg.${event.kind}`,
    attributes: [
      { key: 'log.file.path', value: { stringValue: named(event.source) } },
      ...attributes({
        'exception.type': event.kind,
        'exception.message': event.title,
        'exception.stacktrace': stackTrace(event),
        'code.function.name': event.culprit?.symbol,
        'thread.id': event.task?.pid,
        'thread.name': event.task?.comm,
        'cpu.logical_number': event.task?.cpu,
        'lastkmsg.id': event.id,
        'lastkmsg.boot': event.boot,
        'lastkmsg.reasons': why(reasons),
        'lastkmsg.signature': event.signature?.hash,
        'lastkmsg.module': event.culprit?.module,
        'lastkmsg.hardware': event.hardware,
        'lastkmsg.completeness': event.completeness,
        'lastkmsg.records.first': event.records.first,
        'lastkmsg.records.last': event.records.last,
      }),
      ...(event.uptime === undefined ? [] : [{ key: 'lastkmsg.uptime', value: { doubleValue: event.uptime } }]),
    ],
  };
}

/** 64-bit numbers are strings in protobuf's JSON. */
const attributes = (values: Readonly<Record<string, string | number | undefined>>): Attribute[] =>
  Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: typeof value === 'number' ? { intValue: `${value}` } : { stringValue: said(value) } }],
  );

const nanoseconds = (ms: number): string => `${BigInt(ms) * 1_000_000n}`;
