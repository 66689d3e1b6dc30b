import { atLeast, type KernelRelease, parseRelease } from './kernel-release.ts';
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
const BY_NAME: ReadonlyMap<string, TaintEntry> = new Map(TAINT_FLAGS.map((entry) => [entry.name, entry]));

/**
 * Decodes what follows `Tainted:`, in either form of kernel/panic.c print_tainted(): one column a flag (`G    B  W  OE`), or
 * since 6.12 also spelled out (`[O]=OOT_MODULE, [E]=UNSIGNED_MODULE`). `G` only says that no module is proprietary.
 *
 * Flags come in the kernel's bit order, each once. A letter that no table knows is kept, under its printed name if it has one.
 */
export function decodeTaint(text: string, release?: string | undefined): Taint {
  const key = `${text}\n${release}`;
  const known = decoded.get(key);
  if (known !== undefined) return known;
  const taint = decode(text, parseRelease(release));
  if (decoded.size >= MAX_KNOWN) decoded.clear();
  decoded.set(key, taint);
  return taint;
}

const MAX_KNOWN = 64;
/** The reports of a boot say the same few again and again: decoding them took 5 µs an event. */
const decoded = new Map<string, Taint>();

function decode(text: string, release: KernelRelease | undefined): Taint {
  const raw = text.replace(/^\s*Tainted:\s*/, '').trimEnd();
  const found = new Map<string, string | undefined>();
  const vendors = new Set<string>();
  for (const [, letter = '', name] of raw.matchAll(/\[([A-Za-z])\]=([A-Z0-9_]+)/g)) found.set(letter, name);
  if (found.size === 0 && /^[A-Za-z -]*$/.test(raw) && !/^not tainted/i.test(raw)) {
    const dash = raw.indexOf('-');
    const common = dash < 0 ? raw : raw.slice(0, dash);
    for (const letter of common.replaceAll(' ', '')) if (letter !== 'G') found.set(letter, undefined);
    // Red Hat's dashes stand for bits without a meaning: from bit 12 on in RHEL 6 (`--L------------`), 16 in RHEL 7, 18 in RHEL 8, 19 in
    // RHEL 9; until RHEL 7 `T` among them was a technology preview, before upstream gave the letter to another flag
    for (const letter of raw.slice(common.length).replace(/[ -]/g, '')) vendors.add(letter);
  }
  const flags = [
    // SUSE's N, an unsupported module, before upstream gave the letter to kernels under test in 6.0
    ...[...found].map(([letter, name]) =>
      letter === 'N' && release !== undefined && !atLeast(release, [6, 0]) ? renamed('n', letter) : meaningOf(letter, name),
    ),
    ...[...vendors].filter((letter) => !found.has(letter)).map((letter) => renamed(letter === 'T' ? 't' : letter, letter)),
  ];
  return { raw, flags: flags.sort((a, b) => bitOf(a) - bitOf(b)) };
}

/** A flag under the letter that a vendor printed for it. */
const renamed = (as: string, letter: string): TaintMeaning => ({ ...meaningOf(as, undefined), letter });

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

const bitOf = ({ name, letter }: TaintMeaning): number => (BY_NAME.get(name) ?? BY_LETTER.get(letter))?.bit ?? 99;
