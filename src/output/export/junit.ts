import type { Event } from '../../event/event.ts';
import { UNSEEN } from '../text/printable.ts';
import type { Export } from './export.ts';
import { named, said, stackTrace, why } from './said.ts';
import { type Fault, Signatures } from './signatures.ts';

/**
 * JUnit's XML as Jenkins, GitLab and GitHub's actions read it: a suite an input, in it a failed case for each fault. Of an input without
 * any a case passed, for whoever asks that there be tests. What is only worth knowing (`info`) is skipped, not failed.
 */
export function junit(): Export {
  const found = new Signatures();
  return {
    encoding: 'utf8',
    streamed: false,
    head: '<?xml version="1.0" encoding="UTF-8"?>\n',
    input: (source) => void found.input(source),
    event: (event, reasons) => {
      found.add(event, reasons);
      return '';
    },
    end: () => {
      const suites = [...found.sources].map(([source, faults]) => suite(named(source), [...faults.values()]));
      return `<testsuites name="lastkmsg">\n${suites.join('')}</testsuites>\n`;
    },
  };
}

function suite(source: string, faults: readonly Fault[]): string {
  const cases = faults.length === 0 ? [`    <testcase classname="lastkmsg" name="nothing that kills or warns"/>\n`] : faults.map(testcase);
  const skipped = faults.filter(({ event }) => event.severity === 'info').length;
  const counts = `tests="${cases.length}" failures="${faults.length - skipped}" errors="0" skipped="${skipped}"`;
  return `  <testsuite name="${attribute(source)}" ${counts}>\n${cases.join('')}  </testsuite>\n`;
}

function testcase({ event, count, identity, reasons }: Fault): string {
  const { kind, severity, title, records } = event;
  const name = `${said(title)}${event.signature === undefined ? '' : ` [${identity}]`}`;
  const message = `${said(title)}${count > 1 ? ` (${count} times)` : ''}`;
  const body =
    severity === 'info'
      ? `<skipped message="${attribute(message)}"/>`
      : `<failure type="${kind}" message="${attribute(message)}">${xml(detail(event, `${severity}, records ${records.first} to ${records.last}`, reasons))}</failure>`;
  return `    <testcase classname="lastkmsg.${kind}" name="${attribute(name)}">\n      ${body}\n    </testcase>\n`;
}

const detail = (event: Event, where: string, reasons: readonly string[] | undefined): string =>
  [`${event.id}: ${where}`, why(reasons), stackTrace(event)].filter(Boolean).join('\n');

/** XML 1.0 has no way to write most controls, nor U+FFFE and U+FFFF; what else is not seen a terminal may obey. */
const NO_XML = new RegExp(String.raw`[\x00-\x08\x0b-\x1f${UNSEEN}\ufffe\uffff]`, 'g');
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }),
);

/** In an attribute, line feeds and tabs would be read as blanks. */
const attribute = (text: string): string => xml(text).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');

const xml = (text: string): string => text.replace(NO_XML, '\ufffd').replace(/[&<>"']/g, (c) => ENTITIES.get(c) ?? c);
