import { readFlat } from '../../../grammars/common/read-flat.ts';
import { NET_HEADS } from '../../../grammars/hardware/heads/net.ts';
import type { Report } from '../../report/report.ts';
import type { Draft } from '../facts/draft.ts';
import { NET_RULES } from './net.ts';
import { fill } from './rule.ts';

/** Lines between `cut here` and the registers: the message stands before `WARNING:` since 4.13, behind the hardware's name before. */
const NEAR = 8;

/** The transmit watchdog of network devices barked with a WARN until 6.7 (net/sched/sch_generic.c dev_watchdog()): the device is ill, not the kernel. */
export function asNetdevWatchdog(report: Report, draft: Draft | undefined): Draft | undefined {
  const line = report.lines.slice(0, report.headIndex + NEAR).find((l) => l.text.includes('NETDEV WATCHDOG: '));
  const rule = NET_RULES.dev_watchdog;
  if (line === undefined || rule === undefined || typeof rule.title !== 'string' || draft?.kind !== 'warning') return draft;
  const row = NET_HEADS.find((r) => r.name === 'dev_watchdog');
  const head = row === undefined ? undefined : readFlat(row, line.text, report.lines.indexOf(line));
  if (head?.type !== 'head') return draft;
  const { text: _text, ...fields } = head.fields;
  const title = fill(rule.title, fields);
  return {
    ...draft,
    kind: rule.kind,
    severity: 'error',
    details: {
      ...draft.details,
      ...Object.fromEntries(Object.entries(fields).map(([k, v]) => [k, /^\d{1,15}$/.test(v) ? Number(v) : v])),
    },
    naming: {
      ...draft.naming,
      title,
      bare: title,
      alt: [...new Set([draft.naming.title, ...(rule.alt ?? [])])],
      fold: { key: `${rule.kind}\n${title}\n${fields.device ?? ''}` },
    },
  };
}
