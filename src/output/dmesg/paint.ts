/** Named ANSI colours only, so that every terminal's palette decides; dmesg's own choices. */
export interface Painter {
  readonly time: (s: string) => string;
  readonly subsystem: (s: string) => string;
  readonly grave: (s: string) => string;
  readonly error: (s: string) => string;
  readonly warning: (s: string) => string;
}

const sgr = (code: string) => (s: string) => `\x1b[${code}m${s}\x1b[0m`;

export const ansiPainter: Painter = { time: sgr('32'), subsystem: sgr('33'), grave: sgr('1;31'), error: sgr('31'), warning: sgr('1') };

/** One line with the time, the subsystem before the first `: `, and grave levels coloured. */
export function colored(painter: Painter, time: string, caller: string, text: string, level: number | undefined): string {
  const stamp = time === '' ? '' : `${painter.time(time.trimEnd())} `;
  if (level !== undefined && level <= 2) return stamp + caller + painter.grave(text);
  const colon = text.indexOf(': ');
  const subsystem = colon > 0 && colon < 40 && !text.slice(0, colon).includes('\n') ? text.slice(0, colon + 1) : '';
  const rest = text.slice(subsystem.length);
  const body = level === 3 ? painter.error(rest) : level === 4 ? painter.warning(rest) : rest;
  return stamp + caller + (subsystem ? painter.subsystem(subsystem) : '') + body;
}
