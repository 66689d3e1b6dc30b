import { about } from '../../fleet/questions/about.ts';
import { by, DIMENSIONS, shareBy } from '../../fleet/questions/by.ts';
import { newIn, newSince } from '../../fleet/questions/newer.ts';
import type { Ask, Reply, Scope } from '../../fleet/questions/reply.ts';
import { sqlReply } from '../../fleet/questions/sql.ts';
import { top } from '../../fleet/questions/top.ts';
import { PERIODS, periodOf, shareTrend, trend } from '../../fleet/questions/trend.ts';
import type { StoreReader } from '../../fleet/store/reader.ts';
import { savedQueries, savedQuery, saveQuery } from '../../fleet/store/saved.ts';
import { oneOf } from '../commands/options.ts';
import { UsageError } from '../exit.ts';

/** What is asked for besides the words of the question. */
export interface AskOptions {
  readonly store: string;
  readonly scope: Scope;
  readonly signature?: string | undefined;
  readonly release?: string | undefined;
  readonly by?: string | undefined;
  /** Seconds that a question may take. */
  readonly seconds: number;
}

interface Question {
  /** How it is typed. */
  readonly usage: string;
  /** Words that it takes, at least and at most. */
  readonly words: readonly [least: number, most: number];
  readonly rows: number;
  readonly answer: (reader: StoreReader, words: readonly string[], options: AskOptions) => Promise<Reply>;
}

const asking =
  (reader: StoreReader, seconds: number): Ask =>
  (sql) =>
    reader.query(sql, { seconds });

/** The questions, by their names. */
export const QUESTIONS: ReadonlyMap<string, Question> = new Map(
  Object.entries({
    top: {
      usage: 'top',
      words: [0, 0],
      rows: 20,
      answer: (reader, _, { scope, seconds }) => top(asking(reader, seconds), scope),
    },
    new: {
      usage: 'new --since DATE, or new --release RELEASE',
      words: [0, 0],
      rows: 20,
      answer: (reader, _, { scope, release, seconds }) => {
        const { since } = scope;
        if (release !== undefined) return newIn(asking(reader, seconds), release, scope);
        if (since === undefined) throw new UsageError('fleet new takes --since DATE or --release RELEASE: new since when?');
        return newSince(asking(reader, seconds), { ...scope, since });
      },
    },
    by: {
      usage: `by ${DIMENSIONS.join('|')} [--signature SIGNATURE]`,
      words: [1, 1],
      rows: 20,
      answer: (reader, [word = ''], { scope, signature, seconds }) => {
        const dimension = DIMENSIONS.find((each) => each === word);
        if (dimension === undefined) throw new UsageError(`fleet by takes ${DIMENSIONS.join(', ')}; not ${word}`);
        const ask = asking(reader, seconds);
        return signature === undefined ? by(ask, dimension, scope) : shareBy(ask, dimension, signature, scope);
      },
    },
    about: {
      usage: 'about SIGNATURE',
      words: [1, 1],
      rows: 10,
      answer: (reader, [word = ''], { scope, seconds }) => about(asking(reader, seconds), word, scope),
    },
    trend: {
      usage: 'trend [SIGNATURE] [--by day|week|month]',
      words: [0, 1],
      rows: 400,
      answer: async (reader, [word], { scope, by: wanted, seconds }) => {
        const ask = asking(reader, seconds);
        const period = wanted === undefined ? await periodOf(ask, scope) : oneOf(PERIODS, wanted, 'by');
        return word === undefined ? trend(ask, period, scope) : shareTrend(ask, period, word, scope);
      },
    },
    sql: {
      usage: "sql 'SELECT …'",
      words: [1, 1],
      rows: 1000,
      answer: (reader, [sql = ''], options) => run(reader, sql, 'sql', options),
    },
    save: {
      usage: "save NAME 'SELECT …'",
      words: [2, 2],
      rows: 20,
      answer: async (reader, [name = '', sql = ''], options) => {
        // one that fails is better not kept
        const reply = await run(reader, sql, `run ${name}`, options);
        saveQuery(options.store, name, sql);
        return reply;
      },
    },
    run: {
      usage: 'run NAME',
      words: [1, 1],
      rows: 1000,
      answer: (reader, [name = ''], options) => run(reader, savedQuery(options.store, name), `run ${name}`, options),
    },
    queries: {
      usage: 'queries',
      words: [0, 0],
      rows: 1000,
      answer: async (_reader, _words, { store }) =>
        sqlReply({ columns: ['name', 'sql'], rows: savedQueries(store).map(({ name, sql }) => [name, sql]), cut: false }, 'queries'),
    },
  }),
);

async function run(reader: StoreReader, sql: string, question: string, { scope, seconds }: AskOptions): Promise<Reply> {
  return sqlReply(await reader.query(sql, { seconds, rows: scope.rows }), question);
}
