import { QuestionError } from '../store/store-error.ts';
import { type Ask, type ReplyRow, rowsOf, sqlText, str } from './reply.ts';

/** One signature of the store: a kind and a title. */
export interface Signature {
  readonly kind: string;
  readonly title: string;
}

const NAMED = 3;

/**
 * The signature that a user means: by the beginning of its hash, its title, or a part of that which no other has.
 * @throws QuestionError where there is none, or several
 */
export async function findSignature(ask: Ask, wanted: string): Promise<Signature> {
  const text = sqlText(wanted.toLowerCase());
  const isHash = /^[0-9a-f]{4,64}$/i.test(wanted) ? `starts_with(signature, ${text})` : 'false';
  const found = rowsOf(
    await ask(`SELECT kind, title, lower(title) = ${text} AS whole, count(*) AS n FROM incidents
      WHERE ${isHash} OR contains(lower(title), ${text}) GROUP BY ALL ORDER BY whole DESC, n DESC, title, kind`),
  );
  const whole = found.filter((row) => row.whole === true);
  const [only, ...others] = whole.length > 0 ? whole : found;
  if (only === undefined)
    throw new QuestionError(`sought a signature with the hash or the title ${wanted}; found none: fleet top lists them`);
  if (others.length > 0) {
    const titles = [only, ...others].slice(0, NAMED).map((row) => str(row, 'title'));
    throw new QuestionError(`sought one signature; found ${others.length + 1} with ${wanted}: ${titles.join('; ')}`);
  }
  return signatureOf(only);
}

const signatureOf = (row: ReplyRow): Signature => ({ kind: str(row, 'kind'), title: str(row, 'title') });

/** Whether a row of incidents is of it, as SQL. */
export const isOf = ({ kind, title }: Signature): string => `kind = ${sqlText(kind)} AND title = ${sqlText(title)}`;

/** The hash that most incidents of each signature have: hashes of one title differ by its callers. */
export const VARIANTS = `(SELECT kind, title, max({n: n, signature: signature}).signature AS signature
  FROM (SELECT kind, title, signature, count(*) AS n FROM incidents GROUP BY ALL) GROUP BY kind, title)`;
