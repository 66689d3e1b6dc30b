import type { Report } from '../report/report.ts';
import { Redactor } from './redactor.ts';

/** Fields that are words of ours, ids that other fields name, or the kernel's own code. */
const OURS: ReadonlySet<string> = new Set(
  'schemaVersion id kind severity context completeness hash buildId symbol frames letter access tool confidence rule from to first terminal unexplained generation format bytes byteOrder architecture events'.split(
    ' ',
  ),
);

/** Fields of {@link OURS} that hold names of functions: words of the caller are replaced in them too. */
const KERNEL: ReadonlySet<string> = new Set(['symbol', 'frames']);

/** Names that a dump or log has anywhere. */
const COMMON = /^(?:-|vmcore|dmesg|vmcore-dmesg|console|kern|messages|syslog|kernel|log|journal|core|dump)(?:\.[a-z0-9]{1,8}){0,3}$/;

/**
 * The report with placeholders for what does not leave the machine, and the list of what was replaced.
 * @param words that are replaced wherever they stand
 * @param also texts of the log that the report does not show, in which a machine may be named
 */
export function redactReport(report: Report, also: Iterable<string> = [], words: readonly string[] = []): Report {
  const redactor = new Redactor(words.map((word) => word.trim()));
  for (const { source, info } of report.parts) {
    if (!COMMON.test(source)) redactor.know('file', source);
    if (info.kernel?.nodename !== undefined) redactor.know('host', info.kernel.nodename);
  }
  for (const text of also) redactor.learn(text);
  each(report.parts, (text) => redactor.learn(text));
  const text = (value: string): string => redactor.text(value);
  const named = (value: string): string => redactor.onlyWords(value);
  const parts = mapped(report.parts, text, named);
  const fleet = report.fleet && mapped(report.fleet, text, named);
  return { ...report, parts, fleet, replaced: redactor.replaced };
}

function each(value: unknown, use: (text: string) => void): void {
  const seen = (text: string): string => {
    use(text);
    return text;
  };
  mapped(value, seen, (text) => text);
}

/** The same value with every text mapped, those of {@link KERNEL} by `named`, those of {@link OURS} not; objects, arrays and numbers stay as they are. */
function mapped<T>(value: T, map: (text: string) => string, named: (text: string) => string, key = ''): T {
  if (typeof value === 'string') return (KERNEL.has(key) ? named(value) : OURS.has(key) ? value : map(value)) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => mapped(item, map, named, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]: [string, unknown]) => [name, mapped(item, map, named, name)])) as T;
}
