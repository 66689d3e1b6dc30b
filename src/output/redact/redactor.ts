import { commandLine } from './command-line.ts';
import { KINDS, type RedactKind, type RedactRule, type Span } from './rule.ts';
import { MACHINE_RULES, namesHost } from './rules-machine.ts';
import { NAME_RULES } from './rules-names.ts';
import { NETWORK_RULES } from './rules-network.ts';
import { homeOwners, namesPerson, PEOPLE_RULES } from './rules-people.ts';

/** All rules; where two find the same place the earlier has it. @tested */
export const RULES: readonly RedactRule[] = [commandLine, ...PEOPLE_RULES, ...NETWORK_RULES, ...MACHINE_RULES, ...NAME_RULES];

interface Found extends Span {
  readonly kind: RedactKind;
}

/** Names of machines and files that are looked for everywhere; a forged log may claim any number. */
const MOST_NAMES = 2000;

/** Units of a text that are looked at, twice what a report shows of one line; what is beyond is blanked. */
const LONGEST = 8192;

/** Replaces what does not leave the machine, each value by one placeholder that is numbered as values are first met. */
export class Redactor {
  readonly #numbers = new Map<RedactKind, Map<string, number>>();
  readonly #places = new Map<RedactKind, number>();
  /** What to look for everywhere: as it is written → the value it stands for. */
  readonly #known = new Map<string, { readonly kind: RedactKind; readonly value: string }>();
  #anyKnown: RegExp | undefined;
  readonly #words: RegExp | undefined;

  /** @param words to be replaced wherever they stand, within others too, in any case */
  constructor(words: readonly string[] = []) {
    const literals = [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
    if (literals.length > 0) this.#words = new RegExp(literals.join('|'), 'gi');
  }

  /** The text with placeholders for {@link constructor}'s words alone: of what the kernel named. */
  onlyWords(text: string): string {
    return this.#words === undefined ? text : text.replace(this.#words, (word) => this.#placeholder('word', word.toLowerCase()));
  }

  /** Looks for names that are to be replaced wherever they stand. */
  learn(whole: string): void {
    const text = whole.slice(0, LONGEST);
    for (const name of homeOwners(text)) this.know('user', name);
    for (const rule of RULES) {
      if (!rule.everywhere) continue;
      for (const { start, end, value } of rule.find(text)) {
        if (rule.kind === 'host') this.know('host', value);
        else if (rule.kind === 'user') this.know('user', value);
        // a value alone may be any word; with its parameter's name it is the same thing again
        else if (text[start - 1] === '=') this.know(rule.kind, /\S*$/.exec(text.slice(0, start))?.[0] + text.slice(start, end), value);
      }
    }
  }

  /** Takes a name that is known to be one. */
  know(kind: RedactKind, written: string, value = kind === 'host' ? written.toLowerCase().replace(/\..*$/, '') : written): void {
    if ((kind === 'host' && !namesHost(written)) || (kind === 'user' && !namesPerson(written))) return;
    if (this.#known.size >= MOST_NAMES) return;
    this.#known.set(kind === 'host' ? value : written, { kind, value });
    this.#anyKnown = undefined;
  }

  /** The text with placeholders. */
  text(whole: string): string {
    const text = whole.slice(0, LONGEST);
    const rest = ' '.repeat(whole.length - text.length);
    const words = this.#words === undefined ? [] : [...text.matchAll(this.#words)];
    let found: Found[] = words.map(({ 0: word, index }) => ({
      start: index,
      end: index + word.length,
      value: word.toLowerCase(),
      kind: 'word',
    }));
    for (const rule of RULES) for (const span of rule.find(text)) claim(found, { ...span, kind: rule.kind }, text);
    for (const span of this.#findKnown(text)) {
      // a file's name is one thing, whatever a rule knows of it: /data/home/me/vmcore
      if (span.kind === 'file') found = found.filter(({ start, end }) => start < span.start || end > span.end);
      claim(found, span, text);
    }
    if (found.length === 0) return text + rest;
    let out = '';
    let end = 0;
    for (const span of found.sort((a, b) => a.start - b.start)) {
      out += text.slice(end, span.start) + this.#placeholder(span.kind, span.value);
      end = span.end;
    }
    return out + text.slice(end) + rest;
  }

  /** What was replaced so far, in the order of {@link KINDS}. */
  get replaced(): { kind: string; what: string; values: number; places: number }[] {
    return (Object.keys(KINDS) as RedactKind[]).flatMap((kind) => {
      const places = this.#places.get(kind) ?? 0;
      return places > 0 ? [{ kind, what: KINDS[kind], values: this.#numbers.get(kind)?.size ?? 0, places }] : [];
    });
  }

  #placeholder(kind: RedactKind, value: string): string {
    const numbers = this.#numbers.get(kind) ?? new Map<string, number>();
    this.#numbers.set(kind, numbers);
    const number = numbers.get(value) ?? numbers.size + 1;
    numbers.set(value, number);
    this.#places.set(kind, (this.#places.get(kind) ?? 0) + 1);
    return `${kind}-${number}`;
  }

  #findKnown(text: string): Found[] {
    if (this.#known.size === 0) return [];
    this.#anyKnown ??= anyOf([...this.#known.entries()].map(([written, { kind }]) => ({ written, host: kind === 'host' })));
    return [...text.matchAll(this.#anyKnown)].flatMap((match) => {
      const written = match.groups?.host?.toLowerCase() ?? match[0];
      const known = this.#known.get(written);
      if (known === undefined) return [];
      // of a parameter only the value goes
      const from = known.kind === 'arg' ? match[0].indexOf('=') + 1 : 0;
      return [{ start: match.index + from, end: match.index + match[0].length, ...known }];
    });
  }
}

/** All known names as one expression, longer ones first; a host's name goes with the domain behind it. */
function anyOf(names: readonly { readonly written: string; readonly host: boolean }[]): RegExp {
  const sorted = [...names].sort((a, b) => b.written.length - a.written.length);
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  const anyCase = (text: string): string => literal(text).replace(/[a-z]/g, (c) => `[${c}${c.toUpperCase()}]`);
  const hosts = sorted.filter(({ host }) => host).map(({ written }) => anyCase(written));
  const others = sorted.filter(({ host }) => !host).map(({ written }) => literal(written));
  const either = [
    ...(others.length > 0 ? [`(?<![\\w])(?:${others.join('|')})(?![\\w])`] : []),
    ...(hosts.length > 0 ? [`(?<![\\w.-])(?<host>${hosts.join('|')})(?:\\.[A-Za-z0-9-]+)*(?![\\w-])`] : []),
  ];
  return new RegExp(either.join('|'), 'g');
}

/** Adds a span; of one that overlaps with others only what they left, so that no end of a value stays behind. */
function claim(found: Found[], span: Found, text: string): void {
  const inside = found.filter((f) => f.start < span.end && f.end > span.start).sort((a, b) => a.start - b.start);
  if (inside.length === 0) {
    found.push(span);
    return;
  }
  let { start } = span;
  for (const end of [...inside, { start: span.end, end: span.end }]) {
    const rest = text.slice(start, end.start);
    if (end.start > start && /\w/.test(rest)) found.push({ ...span, start, end: end.start, value: rest });
    start = Math.max(start, end.end);
  }
}
