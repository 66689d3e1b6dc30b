import { wrap } from '../../../output/text/cells.ts';
import { printable } from '../../../output/text/printable.ts';
import { recordsText } from '../../../output/text/records.ts';
import { uptimeText } from '../../../output/text/uptime.ts';
import { type Line, span } from '../../line/line.ts';
import { lookOf } from '../../theme/looks.ts';
import { fixed, type Tab, type TabRow } from '../tab.ts';

/** The incident: its verdict, its events, by which rule each was tied to which, on what records, and what is not proven. */
export const relatedTab: Tab = {
  name: 'Related',
  short: 'Rel',
  rows: ({ source, event, incident, width }) => {
    if (incident === undefined) return fixed([{ line: [' ', span('This event belongs to no incident.', 'dim')] }]);
    const rows: TabRow[] = [];
    const say = (text: string, indent: string, part: (line: string) => Line, first: Partial<TabRow> = {}): void => {
      for (const [i, line] of wrap(printable(text), width - indent.length - 1).entries())
        rows.push({ line: part(line), ...(i === 0 ? first : {}) });
    };
    for (const { text, evidence, inferred } of incident.clauses) {
      say(
        `${text}${evidence.length > 0 ? ` [${recordsText(evidence, 4)}]` : ''}`,
        ' ',
        (line) => [' ', span(line, inferred ? 'guess' : 'title')],
        {
          seq: evidence[0],
          section: rows.length === 0,
        },
      );
    }
    rows.push({ line: [] }, { line: [span(' Events of the incident', 'label')], section: true });
    for (const id of incident.events) {
      const other = source.event(id);
      if (other === undefined) continue;
      const look = lookOf(other);
      rows.push({
        line: [
          id === event.id ? ' ▸ ' : '   ',
          span(id.padEnd(5), 'dim'),
          span(`${look.glyph} ${look.word.padEnd(6)}`, look.role),
          other.uptime === undefined ? '' : `${uptimeText(other.uptime, 3)}  `,
          printable(other.title),
        ],
        event: id,
      });
      for (const edge of incident.edges.filter(({ to }) => to === id)) {
        const evidence = edge.evidence.length > 0 ? `, records ${recordsText(edge.evidence, 4)}` : '';
        rows.push({
          line: [
            '       └ from ',
            edge.from,
            span(`: ${edge.rule}${evidence}, confidence `, 'dim'),
            span(edge.confidence, edge.confidence === 'high' ? undefined : 'guess'),
          ],
          seq: edge.evidence[0],
        });
      }
    }
    if (incident.notProven.length > 0) {
      rows.push({ line: [] }, { line: [span(' Not proven', 'label')], section: true });
      for (const text of incident.notProven) say(text, '   ', (line) => ['   ', span(line, 'guess')]);
    }
    if (incident.nextSteps.length > 0) {
      rows.push({ line: [] }, { line: [span(' Next steps', 'label')], section: true });
      for (const { tool, command, why } of incident.nextSteps) {
        rows.push({ line: ['   ', span(tool.padEnd(6), 'dim'), printable(command)], yank: command });
        say(why, '         ', (line) => ['         ', span(line, 'dim')]);
      }
    }
    return fixed(rows);
  },
};
