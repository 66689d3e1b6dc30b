import type { Fleet } from '../../fleet/fleet.ts';
import { prose } from '../../output/report/markdown-escape.ts';

/** The table of signatures as Markdown. */
export const fleetMarkdown = ({ groups, read, unreadable }: Fleet): string =>
  [
    `${read} inputs read, ${unreadable.length} unreadable`,
    '',
    '| inputs | hosts | kind | signature | first | last | kernels |',
    '|--:|--:|---|---|---|---|---|',
    ...groups.map(
      ({ inputs, hosts, kind, title, first, last, kernels }) =>
        `| ${inputs} | ${hosts.length} | ${kind} | ${prose(title)} | ${first?.time ?? ''} | ${last?.time ?? ''} | ${prose(kernels.map(({ name }) => name).join(' '))} |`,
    ),
    '',
  ].join('\n');
