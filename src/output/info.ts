import type { InputInfo } from '../read/info.ts';
import { printable } from './text/printable.ts';

/** `lastkmsg info`: a label and a value a line. */
export const infoText = (info: InputInfo): string =>
  infoRows(info)
    .map(([label, value]) => `${(label === '' ? '' : `${label}:`).padEnd(14)}${printable(value)}\n`)
    .join('');

/**
 * Labels and values in reading order; what is not known has no row.
 * @param date how a time is shown; as ISO 8601 says it where nobody asks for more
 */
export function infoRows(info: InputInfo, date = (iso: string): string => iso): (readonly [label: string, value: string])[] {
  const { container, machine, kernel, log, vmcoreinfo, reading } = info;
  const rows: (readonly [string, string | undefined])[] = [
    ['file', info.source],
    [
      'container',
      [
        container.format,
        container.flattened && 'flattened',
        container.splitMembers && `split set of ${container.splitMembers}`,
        container.wrappers && `in ${container.wrappers.join(' in ')}`,
      ]
        .filter(Boolean)
        .join(', '),
    ],
    ['compression', container.compression],
    [
      'dump level',
      container.dumpLevel === undefined
        ? undefined
        : `${container.dumpLevel}${container.leftOut?.length ? ` (left out: ${container.leftOut.join(', ')})` : ' (nothing left out)'}`,
    ],
    ['incomplete', container.incomplete],
    [
      'architecture',
      [
        machine?.architecture,
        machine?.wordBits && `${machine.wordBits}-bit`,
        machine?.byteOrder && `${machine.byteOrder}-endian`,
        machine?.pageSize && `pages of ${machine.pageSize / 1024} KiB`,
      ]
        .filter(Boolean)
        .join(', '),
    ],
    ['CPUs', machine?.cpus?.toString()],
    ['host', kernel?.nodename],
    ['kernel', kernel?.release && `${kernel.release}${kernel.proven ? '' : ' (stated, not proven)'}`],
    ['version', kernel?.version],
    ['build id', kernel?.buildId && `${kernel.buildId}${kernel.buildIdDoubtful ? ' (this release is known to write a wrong one)' : ''}`],
    ['crash time', info.crashTime && date(info.crashTime)],
    ['VMCOREINFO', vmcoreinfo && `${vmcoreinfo.source}${vmcoreinfo.physicalAddress ? ` at physical ${vmcoreinfo.physicalAddress}` : ''}`],
    ['log', log.form ?? (log.carved ? `${logName(log.generation)}, carved` : logName(log.generation))],
    [
      'buffer',
      log.bufferBytes === undefined
        ? undefined
        : `${log.bufferBytes / 1024} KiB${log.descriptors ? `, ${log.descriptors} descriptors` : ''}`,
    ],
    ['records', log.form || log.generation ? logText(log) : 'not found'],
    ['overwritten', log.overwritten ? `the oldest ${log.overwritten}` : undefined],
    ['early ring', log.early ? `${log.early} boot records survive in the static ring` : undefined],
    ['dropped', log.dropped ? `${log.dropped} messages found no room` : undefined],
    ['in flight', log.inFlight ? `${log.inFlight} records were being written` : undefined],
    ['invalid', log.invalid ? `${log.invalid} descriptors contradict themselves` : undefined],
    [
      'lost',
      log.lost?.length
        ? log.lost
            .slice(0, 8)
            .map((l) => `${l.first === l.last ? `${l.first}` : `${l.first}–${l.last}`} (${l.why})`)
            .join(', ')
        : undefined,
    ],
    ['read as', reading?.forms.map(({ form, lines }) => `${form} (${lines} ${lines === 1 ? 'line' : 'lines'})`).join(', ') || undefined],
    ['not read', reading?.unread ? `${reading.unread} lines that look like a kernel's` : undefined],
    ...(reading?.unreadSamples ?? []).map((line) => ['', line] as const),
    ['no event has', reading?.unclaimed ? `${reading.unclaimed} stack traces` : undefined],
    ...info.warnings.map((w) => ['warning', w] as const),
  ];
  return rows.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

function logName(generation: string | undefined): string | undefined {
  if (generation === 'lockless') return 'printk ring, lockless (5.10 and later)';
  if (generation === 'records') return 'printk buffer of records (3.5 to 5.9)';
  return generation === 'flat' ? 'character log (up to 3.4)' : generation;
}

function logText(log: InputInfo['log']): string {
  const seqs = log.firstSeq === undefined ? '' : `, numbers ${log.firstSeq}–${log.lastSeq}`;
  const times = log.firstUptime === undefined ? '' : `, ${log.firstUptime}–${log.lastUptime} s after boot`;
  return `${log.records}${seqs}${times}`;
}
