import { NET } from '../../../grammars/hardware/net/lines.ts';
import type { Report } from '../../report/report.ts';
import type { Draft } from '../facts/draft.ts';
import { hardwareBuilder } from './build.ts';
import { NET_RULES } from './net.ts';

/** Lines between `cut here` and the registers: the message stands before `WARNING:` since 4.13, behind the hardware's name before. */
const NEAR = 8;
const build = hardwareBuilder('netdev-watchdog', NET_RULES);

/** Until 6.7 the transmit watchdog of network devices raised a WARN (net/sched/sch_generic.c dev_watchdog()): the device failed, not the kernel. */
export function asNetdevWatchdog(report: Report, draft: Draft | undefined): Draft | undefined {
  const line = report.lines.slice(0, report.headIndex + NEAR).find((l) => l.text.includes('NETDEV WATCHDOG: '));
  if (line === undefined || draft?.kind !== 'warning') return draft;
  const told = build({ ...report, lines: [{ ...line, line: NET.dev_watchdog_warn }], headIndex: 0 });
  if (told === undefined) return draft;
  const { kind, severity, naming } = told;
  return {
    ...draft,
    kind,
    severity,
    details: { ...draft.details, ...told.details },
    sources: { ...told.sources, ...draft.sources },
    naming: {
      ...draft.naming,
      title: naming.title,
      bare: naming.title,
      alt: [draft.naming.title, ...(naming.alt ?? [])],
      fold: naming.fold,
    },
  };
}
