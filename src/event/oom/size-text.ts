const UNITS = ['kB', 'MiB', 'GiB', 'TiB'] as const;

/** `1,204`: thousands separated. Whole numbers by hand: a table of 20,000 tasks has 200,000 of them, and toLocaleString() takes four times as long. */
export const countText = (n: number): string =>
  Number.isSafeInteger(n) ? `${n}`.replace(/\B(?=(?:\d{3})+$)/g, ',') : n.toLocaleString('en-US');

/** kB in words: `888 kB`, `2,308 kB`, `40 MiB`, `1.9 GiB`. */
export function sizeText(kb: number): string {
  let value = kb;
  let unit = 0;
  // up to 9,999 kB stay kB: watermarks and victims are compared digit by digit
  while (value >= (unit === 0 ? 10_000 : 1024) && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  // 1,023.98 MiB are 1 GiB
  if (unit > 0 && unit < UNITS.length - 1 && Math.round(value) >= 1024) {
    value /= 1024;
    unit++;
  }
  const text = unit === 0 || value >= 100 ? countText(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '');
  return `${text} ${UNITS[unit]}`;
}

/** A share in whole percent; one decimal below 10. */
export function percentText(part: number, whole: number): string {
  const percent = whole > 0 ? (100 * part) / whole : 0;
  return `${percent < 9.95 ? percent.toFixed(1).replace(/\.0$/, '') : percent.toFixed(0)} %`;
}
