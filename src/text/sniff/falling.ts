/** Stamps that are looked at, and how many of them fall in a log that begins with the newest. */
const LOOKED_AT = 200;
const SEVERAL = 6;
const STAMP = /\[ {0,11}(\d{1,10}\.\d{6})\]/g;

/** Whether a log begins with its newest line, as log stores answer and export: the kernel's own times fall from line to line. */
export function stampsFall(head: string): boolean {
  let [rising, falling, last] = [0, 0, Number.NaN];
  STAMP.lastIndex = 0;
  for (let n = 0; n < LOOKED_AT; n++) {
    const stamp = STAMP.exec(head)?.[1];
    if (stamp === undefined) break;
    const time = Number(stamp);
    if (time > last) rising++;
    else if (time < last) falling++;
    last = time;
    // most logs are told by their first lines
    if (rising > SEVERAL * 4) return false;
  }
  return falling >= SEVERAL && falling > rising * 4;
}
