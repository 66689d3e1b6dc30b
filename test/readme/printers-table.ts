import { SHARED } from '../../grammars/call-trace/lines.ts';
import type { Line } from '../../grammars/common/line.ts';
import { FAMILIES } from '../../grammars/families.ts';

/** The files of a printer: `kernel/rcu/tree_stall.h print_cpu_stall()`, `drivers/edac`, or words where many files print the line. */
const PLACE = /^[\w./*{},-]*\/[\w./*{},-]*[\w*}]/;
const placeOf = ({ printer }: Line): string => PLACE.exec(printer)?.[0] ?? '–';

/** `print_cpu_stall`, with what its releases changed. */
const wording = ({ name, releases }: Line): string => `\`${name}\`${releases === undefined ? '' : ` (${releases.replaceAll('|', '\\|')})`}`;

function tableOf(name: string, rows: readonly Line[]): string {
  const places = new Map<string, Line[]>();
  for (const row of rows) places.set(placeOf(row), [...(places.get(placeOf(row)) ?? []), row]);
  const body = [...places].map(([place, lines]) => `| ${place} | ${lines.map(wording).join('; ')} |`);
  return [`### ${name}`, '', '| file | lines |', '|---|---|', ...body].join('\n');
}

/** What grammars/README.md lists: the rows of every table, by the file that prints them. */
export const printersTables = (): string =>
  [
    tableOf('every report', SHARED),
    ...FAMILIES.map((f) =>
      tableOf(
        f.name,
        f.lines.filter((row) => !SHARED.includes(row)),
      ),
    ),
  ].join('\n\n');
