/** Times that are looked at, and how many of them fall in a log that begins with the newest. */
const LOOKED_AT = 200;
const SEVERAL = 6;
/** The kernel's own in brackets or as journald keeps it; where a text has none, dates of log stores. */
const STAMPS: readonly RegExp[] = [
  /(?:\[ {0,11}|"_SOURCE_MONOTONIC_TIMESTAMP" ?: ?")(\d{1,16}(?:\.\d{6}(?=\])|(?=")))/g,
  /(?:^|["\s])(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?)/g,
];

/** Whether a log begins with its newest line, as log stores answer and export: times fall from line to line. */
export function stampsFall(head: string): boolean {
  for (const pattern of STAMPS) {
    const [rising, falling] = turnsOf(head, pattern);
    if (rising + falling >= SEVERAL) return falling >= SEVERAL && falling > rising * 4;
  }
  return false;
}

/** How often a time is later than the one before it, and how often sooner. */
function turnsOf(head: string, pattern: RegExp): readonly [rising: number, falling: number] {
  let [rising, falling] = [0, 0];
  let last: string | undefined;
  pattern.lastIndex = 0;
  for (let n = 0; n < LOOKED_AT; n++) {
    const stamp = pattern.exec(head)?.[1];
    if (stamp === undefined) break;
    const order = last === undefined ? 0 : compared(stamp, last);
    if (order > 0) rising++;
    else if (order < 0) falling++;
    last = stamp;
    // most logs are told by their first lines
    if (rising > SEVERAL * 4) break;
  }
  return [rising, falling];
}

const compared = (a: string, b: string): number => (a.includes('T') ? (a < b ? -1 : Number(a > b)) : Number(a) - Number(b));
