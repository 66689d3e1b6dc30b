import { type Damage, ELEMENTS } from './damage.ts';

const NAMED: ReadonlyMap<string, string> = new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }));
const ENTITY = /&(?:(lt|gt|amp|quot|nbsp|apos)|#(\d{2,5})|#x([\da-f]{2,4}));/gi;

/** A character reference as bytes; what is no printable ASCII stays as it is. */
function entity(whole: string, name?: string, decimal?: string, hex?: string): string {
  if (name !== undefined) return NAMED.get(name.toLowerCase()) ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  if (code === 160) return ' ';
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : whole;
}

/** Character references as the characters that they stand for. */
export const withoutEntities = (s: string): string => (s.includes('&') ? s.replace(ENTITY, entity) : s);

const SPACES = /\xc2\xa0|\xe2\x80[\x80-\x8a\xaf]|\xe3\x80\x80/g;
const NO_WIDTH = /\xe2\x80[\x8b-\x8f]|\xef\xbb\xbf|\xe2\x81\xa0/g;
const QUOTED = /=([\dA-F]{2})/g;

const MARKUP = new RegExp(String.raw`(?:<br ?/?>|</?(?:${ELEMENTS}|body|html)>|\{(?:noformat|code)\}|\[/(?:code|quote|pre)\])+$`, 'i');

const TYPOGRAPHY: readonly (readonly [RegExp, string])[] = [
  [/\xe2\x80[\x98\x99]/g, "'"],
  [/\xe2\x80[\x9c\x9d]/g, '"'],
  // an em dash stands for two hyphens where the kernel prints several: `---[ end trace`
  [/\xe2\x80\x94(?=[-[])|(?<=-)\xe2\x80\x94/g, '--'],
  [/\xe2\x80[\x93\x94]/g, '-'],
  [/\xe2\x80\xa6/g, '...'],
];

const COMMA_STAMP = /^([>|* \t]{0,12}\[ *\d{1,10}),(?=\d{6}\] )/;
const COLOUR_REST = /(?:\^\[|\\(?:e|x1b|033))?(?<!\x1b)\[(?:\d{1,3}(?:;\d{1,3})*)?m/g;
const SHORT_STAMP = /^([>|* \t]{0,12}\[ *\d{1,10}\.)(\d{1,5})(?=\] )/;

/** Bytes of quoted-printable as they were. */
export const unquoted = (s: string): string =>
  s.includes('=') ? s.replace(QUOTED, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : s;

/** A line as it was before. Pure; quoted-printable's broken lines are joined by {@link softBreak}. */
export function repaired(line: string, damage: Damage): string {
  let s = line;
  if (damage.quotedPrintable) s = unquoted(s);
  // what was escaped twice is read twice
  for (let n = 0; n < 2 && damage.entities && s.includes('&'); n++) s = s.replace(ENTITY, entity);
  if (damage.spaces)
    s = s
      .replace(SPACES, ' ')
      .replace(NO_WIDTH, '')
      .replace(/(?<![\x80-\xff])\xa0(?![\x80-\xbf])/g, ' ');
  if (damage.typography) for (const [mark, plain] of TYPOGRAPHY) s = s.replace(mark, plain);
  if (damage.escapes && s.includes('\\')) s = s.replace(/\\([[\]<>*#()`])|(?<=\w)\\(?=_\w)/g, '$1');
  if (damage.markup) s = s.replace(MARKUP, '');
  if (damage.carets) s = s.replace(/(?:\^M)+$/, '').replaceAll('^I', '\t');
  if (damage.backslashEnds) s = s.replace(/(?:\\[nr])+("?,?)$/, '$1');
  if (damage.colourRests) s = s.replace(COLOUR_REST, '');
  if (damage.commaStamps) s = s.replace(COMMA_STAMP, '$1.');
  if (damage.shortStamps) s = s.replace(SHORT_STAMP, (_, before: string, digits: string) => `${before}${digits.padEnd(6, '0')}`);
  return s;
}

/** Whether quoted-printable broke the line here: what follows belongs to it. */
export const softBreak = (line: string, damage: Damage): boolean => damage.quotedPrintable && line.endsWith('=') && line.length > 1;
