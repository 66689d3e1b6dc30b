/** Days from 1970-01-01 to a date of the Gregorian calendar; `month` 1–12. Howard Hinnant's days_from_civil, as integers. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** 1–12 for the three letters at `i`, or 0. */
export function monthAt(s: string, i: number): number {
  const at = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(s.slice(i, i + 3));
  return at >= 0 && at % 3 === 0 ? at / 3 + 1 : 0;
}

export function isWeekday(s: string, i: number): boolean {
  const at = 'SunMonTueWedThuFriSat'.indexOf(s.slice(i, i + 3));
  return at >= 0 && at % 3 === 0;
}

/** The two digits at `i` as a number; a leading space counts as 0. -1 where there are none. */
export function twoDigits(s: string, i: number): number {
  const tens = s.charCodeAt(i);
  const ones = s.charCodeAt(i + 1) - 0x30;
  if (!(ones >= 0 && ones <= 9)) return -1;
  if (tens === 0x20) return ones;
  return tens >= 0x30 && tens <= 0x39 ? (tens - 0x30) * 10 + ones : -1;
}

/** Seconds of the day in `HH:MM:SS` at `i`, or -1. */
export function clockAt(s: string, i: number): number {
  if (s.charCodeAt(i + 2) !== 0x3a || s.charCodeAt(i + 5) !== 0x3a) return -1;
  const h = twoDigits(s, i);
  const m = twoDigits(s, i + 3);
  const sec = twoDigits(s, i + 6);
  return h < 0 || m < 0 || sec < 0 || h > 23 || m > 59 || sec > 60 ? -1 : h * 3600 + m * 60 + sec;
}
