import { UNSEEN } from '../text/printable.ts';
import type { Export, ExportContext } from './export.ts';
import { named, wallMs } from './said.ts';

/** Inputs with series of their own; all others are one, as each label value is a series that the server keeps. */
const MOST_SOURCES = 100;
const OTHERS = 'others';
/** What no label needs, and some terminals obey. */
const UNSAFE = new RegExp(String.raw`[\x00-\x09\x0b-\x1f${UNSEEN}]`, 'g');

interface Counted {
  readonly kinds: Map<string, number>;
  /** Seconds since 1970. */
  last?: number | undefined;
}

/**
 * Prometheus's text format, for node_exporter's textfile collector: events or incidents by source, kind and severity, and when the last one was. They
 * are gauges: a log that is rotated has fewer, which a counter must not.
 */
export function prometheus({ what }: ExportContext): Export {
  const sources = new Map<string, Counted>();
  const counted = (source: string): Counted => {
    const name = sources.has(source) || sources.size < MOST_SOURCES ? source : OTHERS;
    const known = sources.get(name) ?? { kinds: new Map() };
    sources.set(name, known);
    return known;
  };
  return {
    encoding: 'utf8',
    streamed: false,
    head: '',
    input: (source) => void counted(named(source)),
    event: (event) => {
      const { kind, severity, source } = event;
      const one = counted(named(source));
      const labels = `kind="${kind}",severity="${severity}"`;
      one.kinds.set(labels, (one.kinds.get(labels) ?? 0) + 1);
      const time = wallMs(event);
      if (time !== undefined) one.last = Math.max(one.last ?? 0, time / 1000);
      return '';
    },
    end: () => textOf([...sources], what),
  };
}

function textOf(sources: readonly (readonly [string, Counted])[], what: ExportContext['what']): string {
  const metric = (name: string, help: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.map((line) => `${name}${line}\n`).join('')}`;
  return [
    metric(
      `lastkmsg_${what}`,
      `${what === 'events' ? 'Events' : 'Incidents'} found in the kernel log.`,
      sources.flatMap(([source, { kinds }]) => [...kinds].map(([labels, count]) => `{source="${escaped(source)}",${labels}} ${count}`)),
    ),
    metric(
      `lastkmsg_last_${what.slice(0, -1)}_timestamp_seconds`,
      `When the last ${what.slice(0, -1)} was, of those whose time of the day is known.`,
      sources.flatMap(([source, { last }]) => (last === undefined ? [] : [`{source="${escaped(source)}"} ${last}`])),
    ),
    metric(
      'lastkmsg_source_read',
      'Logs and dumps that were read.',
      sources.map(([source]) => `{source="${escaped(source)}"} 1`),
    ),
  ].join('');
}

/** A label's value: backslash, quote and line feed are escaped; what else is no character of text is left out of sight. */
const escaped = (value: string): string =>
  value.replace(UNSAFE, '\ufffd').replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
