import type { Answer, AnswerEvent, AnswerIncident, AnswerModule } from '../answer/answer.ts';

type Type = 'VARCHAR' | 'VARCHAR[]' | 'TIMESTAMP' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN';
/** A time is ISO 8601; undefined is unknown, NULL in SQL. */
type Value = string | number | boolean | readonly string[] | undefined;

/** A column of a table: how it is called, and what of a row it holds. */
export interface Column<Row> {
  readonly name: string;
  readonly type: Type;
  readonly value: (row: Row) => Value;
}

interface Of<Item> {
  readonly answer: Answer;
  readonly item: Item;
}
export type IncidentRow = Of<AnswerIncident> & { readonly first: boolean };
export type EventRow = Of<AnswerEvent>;

const text = <Row>(name: string, value: (row: Row) => string | undefined): Column<Row> => ({ name, type: 'VARCHAR', value });
const texts = <Row>(name: string, value: (row: Row) => readonly string[]): Column<Row> => ({ name, type: 'VARCHAR[]', value });
const time = <Row>(name: string, value: (row: Row) => string | undefined): Column<Row> => ({ name, type: 'TIMESTAMP', value });
const count = <Row>(name: string, value: (row: Row) => number | undefined): Column<Row> => ({ name, type: 'BIGINT', value });

/** `faulty(OE)`, as the kernel prints it. In order of names: machines alike are told alike, which packs. */
const moduleText = ({ name, taint }: AnswerModule): string => (taint === undefined ? name : `${name}(${taint})`);

export const INPUT_COLUMNS: readonly Column<Answer>[] = [
  text('id', ({ id }) => id),
  text('input', ({ input }) => input),
  time('read_at', ({ readAt }) => readAt),
  text('version', ({ version }) => version),
  text('status', ({ status }) => status),
  text('reason', ({ reason }) => reason),
  texts('losses', ({ losses }) => losses),
  text('form', ({ form }) => form),
  text('host', ({ host }) => host),
  time('time', ({ when }) => when?.time),
  text('time_source', ({ when }) => when?.source),
  text('release', ({ release }) => release),
  texts('releases', ({ releases }) => releases),
  text('arch', ({ arch }) => arch),
  text('model', ({ model }) => model),
  text('firmware', ({ firmware }) => firmware),
  texts('taint', ({ taint }) => taint),
  texts('modules', ({ modules }) => modules.map(moduleText).sort()),
  count('records', ({ records }) => records),
  count('incidents', ({ incidents }) => incidents.length),
  count('events', ({ events }) => events.length),
  count('omitted', ({ omitted }) => omitted),
];

/** Of the input, repeated in its rows: it packs to nothing, and spares joining a million rows. */
const common = <Row extends Of<AnswerEvent | AnswerIncident>>(): Column<Row>[] => [
  text('id', ({ answer }) => answer.id),
  text('host', ({ answer }) => answer.host),
  text('release', ({ answer }) => answer.release),
  time('time', ({ answer, item }) => (item.when ?? answer.when)?.time),
  text('kind', ({ item }) => item.kind),
  text('family', ({ item }) => item.family),
  text('title', ({ item }) => item.title),
  text('signature', ({ item }) => item.signature),
  text('culprit', ({ item }) => item.culprit),
  text('severity', ({ item }) => item.severity),
];

export const INCIDENT_COLUMNS: readonly Column<IncidentRow>[] = [
  ...common<IncidentRow>(),
  text('incident', ({ item }) => item.incident),
  // counting these counts inputs, without telling a million ids apart
  { name: 'first', type: 'BOOLEAN', value: ({ first }) => first },
  text('headline', ({ item }) => item.headline),
  text('verdict', ({ item }) => item.verdict),
  { name: 'inferred', type: 'BOOLEAN', value: ({ item }) => item.inferred },
  text('confidence', ({ item }) => item.confidence),
];

export const EVENT_COLUMNS: readonly Column<EventRow>[] = [
  ...common<EventRow>(),
  text('event', ({ item }) => item.event),
  count('boot', ({ item }) => item.boot),
  { name: 'uptime', type: 'DOUBLE', value: ({ item }) => item.uptime },
  count('count', ({ item }) => item.count),
  text('comm', ({ item }) => item.comm),
];
