import { type Disjunction, RegExpParser, type Term } from '@chevrotain/regexp-to-ast';

/** Shorter texts stand in most lines: looking for them tells nothing. */
const SHORTEST = 4;

const parser = new RegExpParser();

/** The longest text that every match of the pattern holds as it stands; undefined where there is none that tells. */
export function neededText(pattern: RegExp): string | undefined {
  const { value, flags } = parser.pattern(`/${pattern.source}/${pattern.flags.replace('y', '')}`);
  if (flags.ignoreCase) return undefined;
  const found = longest(value);
  return found.length >= SHORTEST ? found : undefined;
}

/** Of several alternatives none is needed. */
function longest({ value }: Disjunction): string {
  const [only] = value;
  if (only === undefined || value.length > 1) return '';
  let [best, run] = ['', ''];
  for (const term of only.value) {
    run = isPlain(term) ? run + String.fromCharCode(term.value) : '';
    if (run.length > best.length) best = run;
    if (term.type === 'Group' && term.quantifier === undefined) {
      const inside = longest(term.value);
      if (inside.length > best.length) best = inside;
    }
  }
  return best;
}

const isPlain = (term: Term): term is Term & { readonly value: number } =>
  term.type === 'Character' && !('quantifier' in term && term.quantifier);
