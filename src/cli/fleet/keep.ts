import { dirname } from 'node:path';
import type { Deadline } from '../../dump/open/deadline.ts';
import type { Answer, AnswerStore } from '../../fleet/answer/answer.ts';
import { answerWithout } from '../../fleet/answer/answer-of.ts';
import { copiesIn } from '../../fleet/copies.ts';
import type { ReadInput } from '../../fleet/input.ts';
import type { InputForm } from '../../read/inputs/form.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import { contentId } from './content-id.ts';
import { eachReading } from './each-reading.ts';
import type { Reading } from './reading.ts';

/** Answers that are kept at once: a directory is, so that copies are seen; one with more than so many is kept in parts. */
const BATCH = 500;
const MOST_BATCH = 5000;

export interface KeepOptions {
  readonly form?: InputForm | undefined;
  /** `--max-time`. */
  readonly deadline?: Deadline | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  /** Told of each input that is read. */
  readonly onRead?: ((reading: Reading) => void) | undefined;
}

export interface Kept {
  /** Answers that were new. */
  readonly kept: number;
  /** Inputs that were in the store already, and were not read. */
  readonly known: number;
  /** Of reading. */
  readonly code: number;
}

/** Reads inputs that a store does not know yet, and keeps what they came to. What was read is kept, however the rest goes. */
export async function keepAnswers(groups: readonly InputGroup[], store: AnswerStore, options: KeepOptions): Promise<Kept> {
  const ids = groups.map(contentId);
  const known = await store.known(ids.filter((id) => id !== undefined));
  const news = groups.map((files, i) => ({ files, id: ids[i] })).filter(({ id }) => id === undefined || !known.has(id));
  const batch = new Batch(store);
  const code = await eachReading(
    news.map(({ files }) => files),
    { ...options, ids: news.map(({ id }) => id), inOrder: true },
    (reading) => {
      options.onRead?.(reading);
      return batch.add(reading);
    },
  );
  await batch.flush();
  return { kept: batch.kept, known: groups.length - news.length, code };
}

class Batch {
  kept = 0;
  #answers: Answer[] = [];
  /** Inputs of the present directory, and the answers of which they are. */
  #inputs = new Map<ReadInput, Answer>();
  #directory: string | undefined;

  constructor(readonly store: AnswerStore) {}

  async add({ input, answers = [] }: Reading): Promise<void> {
    const directory = dirname(input.source);
    if (directory !== this.#directory || this.#inputs.size >= MOST_BATCH) this.#endDirectory();
    this.#directory = directory;
    for (const answer of answers) {
      if (input.kind === 'read' && answer.status !== 'archive') this.#inputs.set(input, answer);
      else this.#answers.push(answer);
    }
    if (this.#answers.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    this.#endDirectory();
    const answers = this.#answers;
    this.#answers = [];
    if (answers.length > 0) this.kept += await this.store.ingest(answers);
  }

  /** kdump saves the text of a dump beside it: counted again it would make every crash two. */
  #endDirectory(): void {
    const copies = copiesIn([...this.#inputs.keys()]);
    for (const [input, answer] of this.#inputs) {
      const copy = copies.get(input);
      this.#answers.push(copy === undefined ? answer : answerWithout(answer, 'copy', `the text of ${copy.of}`));
    }
    this.#inputs = new Map();
  }
}
