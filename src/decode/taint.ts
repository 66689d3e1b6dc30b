import { TAINT_FLAGS, type TaintEntry } from './taint-flags.ts';

export interface TaintMeaning {
  readonly letter: string;
  readonly name: string;
  readonly meaning: string;
}

/** As printed, and what each flag means. */
interface Taint {
  readonly raw: string;
  readonly flags: TaintMeaning[];
}

const BY_LETTER: ReadonlyMap<string, TaintEntry> = new Map(TAINT_FLAGS.map((entry) => [entry.letter, entry]));

/**
 * Decodes what follows `Tainted:`, in either form of kernel/panic.c print_tainted(): one column a flag (`G    B  W  OE`), or
 * since 6.12 also spelled out (`[O]=OOT_MODULE, [E]=UNSIGNED_MODULE`). `G` only says that no module is proprietary.
 *
 * Flags come in the kernel's bit order, each once. A letter that no table knows is kept, under its printed name if it has one.
 */
export function decodeTaint(text: string): Taint {
  const known = decoded.get(text);
  if (known !== undefined) return known;
  const taint = decode(text);
  if (decoded.size >= MAX_KNOWN) decoded.clear();
  decoded.set(text, taint);
  return taint;
}

const MAX_KNOWN = 64;
/** The reports of a boot say the same few again and again: decoding them took 5 µs an event. */
const decoded = new Map<string, Taint>();

function decode(text: string): Taint {
  const raw = text.replace(/^\s*Tainted:\s*/, '').trimEnd();
  const found = new Map<string, string | undefined>();
  for (const [, letter = '', name] of raw.matchAll(/\[([A-Za-z])\]=([A-Z0-9_]+)/g)) found.set(letter, name);
  const [common = '', own = ''] = raw.split(/-{4,}/);
  if (found.size === 0 && /^[A-Za-z ]*$/.test(common + own) && !/^not tainted/i.test(raw)) {
    for (const letter of common.replace(/ /g, '')) if (letter !== 'G') found.set(letter, undefined);
    for (const letter of own.replace(/ /g, '')) found.set(RED_HAT[letter] ?? letter, undefined);
  }
  const flags = [...found].map(([letter, name]) => meaningOf(letter, name));
  return { raw, flags: flags.sort((a, b) => bitOf(a.letter) - bitOf(b.letter)) };
}

/** Red Hat's own flags until RHEL 7, behind a dash for each bit without a flag: the letter was upstream's later for another. */
const RED_HAT: Readonly<Record<string, string>> = { T: 't' };

/** Decodes a module's own mark, `OE` of `driver_xyz(OE+)`; `+` and `-` (being loaded, unloaded) are no flags. */
export const decodeModuleTaint = (mark: string): TaintMeaning[] =>
  [...mark].filter((c) => /[A-FH-Za-z]/.test(c)).map((c) => meaningOf(c, undefined));

function meaningOf(letter: string, printed: string | undefined): TaintMeaning {
  const entry = BY_LETTER.get(letter);
  if (entry && (printed === undefined || printed === entry.name)) return { letter, name: entry.name, meaning: entry.meaning };
  // a vendor gave the letter another sense and printed its name: believe the kernel that printed it
  if (printed !== undefined) return { letter, name: printed, meaning: printed.toLowerCase().replaceAll('_', ' ') };
  return { letter, name: 'UNKNOWN', meaning: 'not a flag of any kernel known to lastkmsg' };
}

const bitOf = (letter: string): number => BY_LETTER.get(letter)?.bit ?? 99;
