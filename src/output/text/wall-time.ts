import { addMinutes, format, formatDistanceStrict } from 'date-fns';
import type { Wall } from '../../event/event.ts';

/** How wall times are shown. */
export interface TimeStyle {
  readonly zone: 'local' | 'utc';
  /** Now, for times told as distances; absent: times are told as dates. */
  readonly now?: Date | undefined;
}

/** What a time rests on, for people. */
const SOURCES: Readonly<Record<Wall['source'], string>> = {
  crashtime: "the dump's crash time",
  rtc: "the machine's clock at boot",
  'dump-header': "the dump file's own time",
  journal: 'the journal',
  syslog: 'syslog',
  ctime: "the log's own dates",
  iso: "the log's own dates",
  pstore: 'pstore',
};

/** `2026-11-22 21:26:38 +01:00`, `… UTC`, `5 hours ago`; as given where it is no date. */
export function dateText(iso: string, { zone, now }: TimeStyle): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  if (now !== undefined) return formatDistanceStrict(date, now, { addSuffix: true });
  if (zone === 'local') return format(date, 'yyyy-MM-dd HH:mm:ss xxx');
  return `${format(utcFace(date), 'yyyy-MM-dd HH:mm:ss')} UTC`;
}

/** The same for a narrow column: `2026-11-22 21:26:38+01`, `…Z`. */
export function shortDateText(iso: string, style: TimeStyle): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime()) || style.now !== undefined) return dateText(iso, style);
  return style.zone === 'local' ? format(date, 'yyyy-MM-dd HH:mm:ssX') : `${format(utcFace(date), 'yyyy-MM-dd HH:mm:ss')}Z`;
}

/** date-fns formats in the local zone: the date is moved so that its local face is the UTC one. */
const utcFace = (date: Date): Date => addMinutes(date, date.getTimezoneOffset());

/** The same with what anchors it and how far off it may be. */
export function wallText({ time, source, uncertaintySeconds, inferred = [] }: Wall, style: TimeStyle): string {
  const doubt = uncertaintySeconds > 0 ? [`±${spanText(uncertaintySeconds)}`] : [];
  const unsaid = inferred.length > 0 ? [`${inferred.join(' and ')} not stated`] : [];
  return `${dateText(time, style)} (from ${[SOURCES[source], ...unsaid, ...doubt].join(', ')})`;
}

/** The same without its source, for who has a line: `2026-11-22 21:26:38 UTC ±1 s`. */
export function wallLine({ time, uncertaintySeconds, inferred = [] }: Wall, style: TimeStyle): string {
  const doubt = uncertaintySeconds > 0 ? ` ±${spanText(uncertaintySeconds)}` : '';
  return `${dateText(time, style)}${doubt}${inferred.length > 0 ? ` (${inferred.join(' and ')} not stated)` : ''}`;
}

/** `5 s`, `5 min`, `14 h`, `62 days`. */
function spanText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
