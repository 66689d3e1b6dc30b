import { constants, inflateRawSync } from 'node:zlib';
import { bitsOfDigits, bytesOfDigits, type DigitsReader } from './digits.ts';

/** What the QR code on a panic screen says: drm_panic_get_qr_code_url() of drivers/gpu/drm/drm_panic.c, 6.12 and later. */
interface PanicCode {
  /** `utsname()->machine`. */
  readonly architecture: string;
  readonly release: string;
  /** The newest lines of the log, as dmesg prints them: a byte string. */
  readonly log: string;
  /** The code is cut or damaged: the log is what could be read. */
  readonly isCut: boolean;
}

/** A code in a text, and where it stands. */
export interface FoundCode extends Omit<PanicCode, 'log'> {
  readonly start: number;
  readonly end: number;
  /** Absent where nothing of it could be read. */
  readonly log: string | undefined;
}

/** The largest code (version 40) holds 7089 digits. */
const MAX_DIGITS = 8192;
/** The kernel has no more than 16 KiB of log for it. */
const MAX_LOG = 1 << 20;
/** Codes that are read of one text. */
const MAX_CODES = 64;

const EQUALS = '=(?:3D)?'; // quoted-printable mail
const AND = '&(?:amp;)?'; // HTML
/** The parameters, whatever host stands before them or none; a scheme only where it ends in them. */
const CODE = new RegExp(
  String.raw`(?:https?:\/\/[^\s?#]{1,200}[?#]{1,2}|[?#]{0,2})\ba${EQUALS}(?<machine>[a-z][\w-]{1,31})${AND}v${EQUALS}(?<release>\d[\w.+~-]{0,64})` +
    String.raw`${AND}(?<way>zl?)${EQUALS}(?=\d)`,
  'g',
);
/** Digits that go on in the next line, as mail and chat wrap them: a line of nothing else, quoted or not. */
const DIGITS = /(\d+)(?:=?\r?\n[> \t]*(?=\d+=?[ \t]*(?:\r?\n|$)))?/y;

/** The codes of a text, in order. */
export function panicCodesIn(text: string): FoundCode[] {
  const found: FoundCode[] = [];
  for (const match of text.matchAll(CODE)) {
    const { machine = '', release = '', way } = match.groups ?? {};
    const { digits, end } = digitsAt(text, match.index + match[0].length);
    const { log, isCut } = logOf(digits, way === 'zl' ? bitsOfDigits : bytesOfDigits);
    found.push({ start: match.index, end, architecture: machine, release, log, isCut });
    if (found.length === MAX_CODES) break;
  }
  return found;
}

function digitsAt(text: string, start: number): { digits: string; end: number } {
  let digits = '';
  let end = start;
  while (digits.length < MAX_DIGITS) {
    DIGITS.lastIndex = end;
    const match = DIGITS.exec(text);
    if (match === null) break;
    digits += match[1];
    end = DIGITS.lastIndex;
    if (!match[0].includes('\n')) break;
  }
  return { digits: digits.slice(0, MAX_DIGITS), end };
}

/** zlib's header is 2 bytes; its checksum at the end is not looked at: digits of 6.12 may spoil it. */
const HEADER = 2;

function logOf(digits: string, read: DigitsReader): { log: string | undefined; isCut: boolean } {
  const whole = inflated(read(digits), constants.Z_FINISH);
  return whole === undefined
    ? { log: inflated(read(digits, true), constants.Z_SYNC_FLUSH) || undefined, isCut: true }
    : { log: whole, isCut: false };
}

function inflated(bytes: Buffer, finishFlush: number): string | undefined {
  if ((bytes[0] ?? 0) % 16 !== 8 || bytes.length <= HEADER) return undefined;
  try {
    return inflateRawSync(bytes.subarray(HEADER), { finishFlush, maxOutputLength: MAX_LOG }).toString('latin1');
  } catch {
    return undefined;
  }
}
