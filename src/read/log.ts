import { InputError } from '../dump/source.ts';
import type { Event, Incident, MachineFacts } from '../event/event.ts';
import { decoded } from './decoded.ts';
import type { InputInfo } from './info.ts';
import { INPUT_FORMS, type InputForm, isInputForm } from './inputs/form.ts';
import type { LogInput } from './inputs/input.ts';
import { type LogRecord, logRecord } from './log-record.ts';
import { type LogOptions, type LogSource, type Opener, openerOf } from './log-source.ts';

/** What happened, as far as a log says. */
export interface LogIncidents {
  readonly info: InputInfo;
  /** Everything that kills or warns, in the order of the log. */
  readonly events: readonly Event[];
  /** Events that come of each other, joined, each with a verdict in one sentence. */
  readonly incidents: readonly Incident[];
  /** Ids of events that belong to no incident. */
  readonly unexplained: readonly string[];
  /** What the memory of a dump says beyond its log; absent where it was not asked, or holds no more. */
  readonly machine?: MachineFacts | undefined;
}

/**
 * An opened log. Each of its readers reads it anew from the beginning, so they may be called in any order and more than once; a
 * stream can be read once. A loop that is left early gives its file back.
 */
export interface KernelLog {
  /** As the file or the bytes were named. */
  readonly name: string;
  /** What it was recognised as: `vmcore`, or a form of text. */
  readonly form: InputForm;
  /** What was lost or damaged, one line each; complete once a reader has come to the end. Empty: it was read whole. */
  readonly losses: readonly string[];
  /** The log itself, oldest record first. */
  records(): AsyncGenerator<LogRecord, void, undefined>;
  /**
   * Events as they are found, in the order of the log.
   * @param options.raw adds to each the records of its report
   */
  events(options?: { readonly raw?: boolean }): AsyncGenerator<Event, void, undefined>;
  /**
   * Reads it to its end: events, and the incidents that they make.
   * @param options.memory asks the memory of a dump too: who waits for whom, what each CPU did, who holds the memory; verdicts use it
   */
  incidents(options?: { readonly memory?: boolean }): Promise<LogIncidents>;
  /** What the input is: container, machine, kernel, log. Reads to the end what no reader has read to the end yet. */
  info(): Promise<InputInfo>;
  /** Gives all its files back; what still reads comes to its end. */
  close(): Promise<void>;
}

/**
 * Opens a dump in any container or a kernel log in any text form; which it is, is found out.
 * @throws InputError where it cannot be opened, or is neither
 * @throws RangeError where `form` names no form
 */
export async function openLog(source: LogSource, options: LogOptions = {}): Promise<KernelLog> {
  const { form } = options;
  if (form !== undefined && !isInputForm(form)) throw new RangeError(`form is one of ${INPUT_FORMS.join(', ')}; not ${String(form)}`);
  const opener = openerOf(source, options);
  return new ReadLog(await opener(), opener);
}

class ReadLog implements KernelLog {
  readonly name: string;
  readonly form: InputForm;
  readonly #opener: Opener;
  /** Opened, and read by nobody yet. */
  #fresh: LogInput | undefined;
  /** What is being read, or was read last. */
  #latest: LogInput;
  readonly #inUse = new Set<LogInput>();
  #info: InputInfo | undefined;
  #closed = false;

  constructor(input: LogInput, opener: Opener) {
    this.name = input.name;
    this.form = input.form;
    this.#opener = opener;
    this.#fresh = input;
    this.#latest = input;
  }

  get losses(): readonly string[] {
    return this.#latest.losses;
  }

  async *records(): AsyncGenerator<LogRecord, void, undefined> {
    yield* this.#reading(async function* (input) {
      for await (const batch of input.batches) for (const record of batch) yield logRecord(record);
    });
  }

  async *events({ raw }: { readonly raw?: boolean } = {}): AsyncGenerator<Event, void, undefined> {
    yield* this.#reading(async function* (input) {
      const { readEvents } = await import('./events/read-events.ts');
      for await (const event of readEvents(input, { raw })) yield decoded(event) as Event;
    });
  }

  async incidents({ memory }: { readonly memory?: boolean } = {}): Promise<LogIncidents> {
    let found: LogIncidents | undefined;
    const reading = this.#reading(async function* (input) {
      const { readIncidents } = await import('./read-incidents.ts');
      const { info, events, incidents, unexplained, machine } = await readIncidents(input, { machine: memory });
      yield { ...(decoded({ info, events, incidents, unexplained }) as LogIncidents), ...(machine && { machine }) };
    });
    for await (found of reading);
    return found as LogIncidents;
  }

  async info(): Promise<InputInfo> {
    if (this.#info === undefined) for await (const _ of this.records());
    return this.#info as InputInfo;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#latest, ...this.#inUse].map((input) => input.close()));
  }

  /** Takes the input that is open already, else opens it anew; closes it when it was read, or is left. */
  async *#reading<T>(read: (input: LogInput) => AsyncGenerator<T>): AsyncGenerator<T, void, undefined> {
    if (this.#closed) throw new InputError({ file: this.name, sought: 'to read it', found: 'a log that was closed' });
    const input = this.#fresh ?? (await this.#opener());
    this.#fresh = undefined;
    this.#latest = input;
    this.#inUse.add(input);
    try {
      yield* read(input);
      this.#info = decoded(input.info()) as InputInfo;
    } finally {
      this.#inUse.delete(input);
      await input.close();
    }
  }
}
