import type { InputInfo } from '../../read/info.ts';
import { counted } from '../report/shown.ts';
import { dateText, type TimeStyle } from './wall-time.ts';

/** What the input is, in a line: container, architecture, CPUs, host, kernel, crash time. */
export function dumpLine(info: InputInfo, releases: readonly string[], style: TimeStyle): string {
  const { container, machine, kernel, log } = info;
  const release = kernel?.release === undefined ? releases.join(', ') : `${kernel.release}${kernel.proven ? '' : ' (stated, not proven)'}`;
  return [
    container.format === 'text'
      ? `${formsText(info)} log`
      : `${container.format}${container.compression ? `, ${container.compression}` : ''}`,
    machine && `${machine.architecture}${machine.cpus === undefined ? '' : `, ${machine.cpus} CPUs`}`,
    kernel?.nodename && kernel.nodename !== '(none)' ? `host ${kernel.nodename}` : undefined,
    release && `kernel ${release}`,
    info.crashTime && `crashed ${dateText(info.crashTime, style)}`,
    counted(log.records, 'record'),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The forms that a text's lines have; a console's lines stand in every log that people pass on. */
function formsText({ log, reading }: InputInfo): string {
  const form = log.form ?? 'text';
  const others = (reading?.forms ?? [])
    .map((each) => each.form)
    .filter((each) => each !== form && each !== 'foreign' && each !== 'console');
  return others.length === 0 || reading === undefined ? form : [form, ...others].slice(0, 4).join(' and ');
}

/** What is missing: lost records, an incomplete dump, warnings. One line each. */
export function lossLines({ container, log, reading }: InputInfo): string[] {
  const lost = (log.lost ?? []).reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return [
    container.incomplete && `the dump is incomplete: ${container.incomplete}`,
    lost > 0 ? `${counted(lost, 'record')} lost` : undefined,
    log.dropped ? `${log.dropped} messages found no room` : undefined,
    log.overwritten ? `the oldest ${log.overwritten} records are overwritten` : undefined,
    reading?.unread
      ? `${reading.unread} ${reading.unread === 1 ? 'line looks' : 'lines look'} like a kernel's and could not be placed: lastkmsg info`
      : undefined,
  ].filter((line): line is string => !!line);
}
