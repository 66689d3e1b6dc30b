import type { Event, Severity } from '../../event/event.ts';
import { unobeyed } from '../json/event-json.ts';
import type { Export, ExportContext } from './export.ts';
import { named, said, stackTrace, why } from './said.ts';
import { type Fault, Signatures } from './signatures.ts';

/** SARIF 2.1.0: a result for each fault, a rule for each kind; where it stands are records, which of a text are its lines. */
export function sarif({ version }: ExportContext): Export {
  const found = new Signatures();
  return {
    encoding: 'utf8',
    streamed: false,
    head: '',
    input: (source) => void found.input(source),
    event: (event, reasons) => {
      found.add(event, reasons);
      return '';
    },
    end: () => `${unobeyed(JSON.stringify(logOf(found, version), undefined, 1))}\n`,
  };
}

function logOf(found: Signatures, version: string) {
  const faults = [...found.sources.values()].flatMap((each) => [...each.values()]);
  const rules = [...new Set(faults.map(({ event }) => event.kind))];
  const left = `${found.left} more events are not listed one by one`;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'lastkmsg', version, rules: rules.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        artifacts: [...found.sources.keys()].map((source) => ({ location: { uri: uriOf(source) } })),
        results: faults.map((fault) => resultOf(fault, rules.indexOf(fault.event.kind))),
        ...(found.left > 0 && {
          invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'warning', message: { text: left } }] }],
        }),
      },
    ],
  };
}

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  fatal: 'error',
  error: 'error',
  warning: 'warning',
  info: 'note',
};

const ruleOf = (kind: string) => ({ id: kind, shortDescription: { text: `A kernel's ${kind.replaceAll('-', ' ')}` } });

function resultOf({ event, count, identity, reasons }: Fault, ruleIndex: number) {
  const lines = [said(event.title) || event.kind, why(reasons), stackTrace(event)];
  return {
    ruleId: event.kind,
    ruleIndex,
    level: LEVEL[event.severity],
    message: { text: lines.filter((line) => line !== undefined).join('\n') },
    locations: [locationOf(event)],
    occurrenceCount: count,
    partialFingerprints: { 'lastkmsg/v1': identity },
    properties: { id: event.id, severity: event.severity, firstRecord: event.records.first, lastRecord: event.records.last },
  };
}

/** Lines count from 1; the first record of a dump is 0, and no line. */
function locationOf({ source, records, culprit }: Event) {
  const region = records.first > 0 && { region: { startLine: records.first, endLine: Math.max(records.first, records.last) } };
  const name = said(culprit?.symbol ?? '');
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(source) }, ...region },
    ...(name !== '' && { logicalLocations: [{ name, kind: 'function' }] }),
  };
}

/** A file's name as a reference of RFC 3986: nothing in it is taken for a scheme, a query or a fragment. */
const uriOf = (source: string): string => {
  const path = named(source).split('/').map(encodeURIComponent).join('/');
  return path.startsWith('//') ? `/.${path}` : path;
};
