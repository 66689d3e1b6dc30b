import type { Event, Oom, OomUsage } from '../../event/event.ts';
import { cells } from '../../output/text/cells.ts';
import { printable } from '../../output/text/printable.ts';
import { recordOf } from '../event/record-of.ts';
import type { TabRow } from '../event/tab.ts';
import { bar, stackedBar } from '../line/bar.ts';
import { type Line, span } from '../line/line.ts';
import { count, percent } from '../line/numbers.ts';
import { limitText } from './limits.ts';
import { lookOfPart } from './part-looks.ts';
import { insideText } from './usage-parts.ts';

/** Where the memory is: a bar for each part, the greatest first; with what no counter holds they sum to the whole. */
export function usageRows(event: Event, width: number): TabRow[] {
  const { oom = {} } = event;
  const { usage } = oom;
  if (usage === undefined) return limitOnly(event);
  const parts = partsOf(usage);
  const names = Math.max(...parts.map(({ name }) => name.length));
  const digits = Math.max(...parts.map(({ kb }) => count(kb).length));
  const room = Math.max(0, width - names - digits - 18);
  return [
    { line: headLine(oom, usage), seq: recordOf(event, 'oom.usage.totalKb'), section: true },
    {
      line: [
        ' ',
        ...stackedBar(
          parts.map(({ name, kb }) => ({ share: kb / usage.totalKb, ...lookOfPart(name) })),
          Math.max(0, width - 2),
        ),
      ],
    },
    ...parts.map(({ name, kb, at }, i): TabRow => {
      const { glyph, role } = lookOfPart(name);
      // a part too small for its own pattern is seen as well
      const whole = Math.round((kb / usage.totalKb) * room);
      const drawn = kb < 0 ? '' : whole === 0 || glyph === '█' ? bar(kb / usage.totalKb, room) : glyph.repeat(whole);
      const inside = insideText(oom, name);
      const detail = inside !== '' && cells(drawn) + cells(inside) + 3 <= room ? `  ${inside}` : '';
      const line: Line = [
        ` ${i === parts.length - 1 ? '└' : '├'} `,
        span(printable(name).padEnd(names), at === undefined ? 'dim' : 'label'),
        `  ${count(kb).padStart(digits)} kB  `,
        span(drawn, role),
        span(detail, 'dim'),
        ' '.repeat(Math.max(0, room - cells(drawn) - cells(detail))),
        ` ${percent(kb, usage.totalKb).padStart(6)}`,
      ];
      return { line, seq: at === undefined ? undefined : recordOf(event, `oom.usage.parts.${at}`) };
    }),
  ];
}

interface Part {
  readonly name: string;
  readonly kb: number;
  /** Which of the usage's parts; none: nobody printed it, it is the rest. */
  readonly at: number | undefined;
}

function partsOf({ parts, unaccountedKb = 0 }: OomUsage): Part[] {
  const printed = parts.map(({ name, kb }, at) => ({ name, kb, at })).sort((a, b) => b.kb - a.kb);
  if (unaccountedKb === 0 && printed.length > 0) return printed;
  return [...printed, { name: unaccountedKb < 0 ? 'counted twice' : 'in no counter', kb: unaccountedKb, at: undefined }];
}

function headLine({ limits, pageSizeKb }: Oom, { scope, totalKb, parts }: OomUsage): Line {
  if (scope === 'cgroup') return [' ', span('usage', 'label'), '  ', limitText(limits?.memory ?? { usageKb: totalKb })];
  const free = parts.find(({ name }) => name === 'free')?.kb ?? 0;
  const guess = pageSizeKb === undefined ? span('  pages of 4 kB inferred', 'guess') : '';
  return [' ', span('RAM', 'label'), `  ${count(totalKb)} kB, ${count(free)} kB free`, guess];
}

function limitOnly(event: Event): TabRow[] {
  const limit = event.oom?.limits?.memory;
  if (limit === undefined) return [];
  return [{ line: [' ', span('usage', 'label'), '  ', limitText(limit)], seq: recordOf(event, 'oom.limits.memory'), section: true }];
}
