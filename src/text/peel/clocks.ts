/**
 * A clock as capturing programs print it before a line: ts, minicom, conserver, docker -t, CI runners. A date is optional, seconds are not;
 * `00O ` is a section of GitLab's.
 */
const DATE = [
  String.raw`\d{4}[-/.]\d\d[-/.]\d\d`, // 2026-11-22
  String.raw`\d\d?[-/.]\d\d?[-/.]\d{2,4}`, // 22.11.26, 11/22/2026
  String.raw`\d\d-\d\d`, // 11-22 of logcat
  String.raw`(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} {1,2}\d{1,2}(?: \d{4})?`, // Sun Nov 22, Nov 22 2026
  String.raw`(?:[A-Z][a-z]{2},? )?\d{1,2}[- ][A-Z][a-z]{2}[- ]\d{4}`, // 22 Nov 2026
].join('|');
const TIME = String.raw`\d{1,2}:\d\d:\d\d(?:[.,:]\d{1,9})?(?: ?[AP]M\b)?`;
const ZONE = String.raw`Z|(?: ?[+-]\d\d:?\d\d)|(?: (?:UTC|GMT|[A-Z]{2,3}T))`;
const YEAR = String.raw`(?: \d{4})?`;

export const CLOCK = new RegExp(
  String.raw`[[(<]?(?:(?:${DATE})[T ] ?|[A-Z][a-z]{2} )?${TIME}(?:${ZONE})?${YEAR}[\])>]?[:,|]?(?: \d\d[OE][ +])?[ \t]*`,
  'y',
);
