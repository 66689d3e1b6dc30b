import type { Incident, VerdictClause } from '../event/event.ts';

/** What happened in one line, without its full stop. */
export function headlineOf({ verdict, clauses }: Incident): string {
  const [first] = clauses;
  if (first === undefined) return verdict.replace(/\.$/, '');
  return verdict.startsWith(first.text.slice(1), 1) ? verdict.charAt(0) + first.text.slice(1) : first.text;
}

/** Why, each with the records that it rests on. */
export const reasonsOf = ({ clauses }: Incident): readonly VerdictClause[] => clauses.slice(1);
