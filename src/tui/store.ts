import type { FleetData } from './data/fleet.ts';
import { Memo } from './data/memo.ts';
import { Scans } from './data/scans.ts';
import type { Source } from './data/source.ts';
import { reduce } from './reduce.ts';
import { frame, plainFrame } from './screens/frame.ts';
import type { View } from './screens/screen.ts';
import { type Action, type Effect, placeOf, type State } from './state/state.ts';
import { paintLine } from './theme/paint.ts';
import type { Style } from './theme/roles.ts';

/** The dashboard without a terminal: actions in, rows out. */
export class Store {
  #state: State;
  #rows: readonly string[] | undefined;
  readonly #listeners = new Set<() => void>();
  readonly scans = new Scans();
  readonly #memo = new Memo();
  /** A screen that had a bug: the first one is told when the dashboard is left. */
  failure: unknown;

  constructor(
    readonly sources: readonly Source[],
    first: State,
    private readonly style: Style,
    private readonly affect: (effect: Effect) => void,
    readonly fleet?: FleetData,
  ) {
    this.#state = first;
    this.dispatch({ kind: 'grown' }); // the cursor may be anywhere
  }

  get state(): State {
    return this.#state;
  }

  readonly viewOf = (state: State): View => ({
    sources: this.sources,
    fleet: this.fleet,
    size: state.size,
    ascii: this.style.ascii,
    time: state.time,
    query: state.prompt?.kind === 'search' ? state.prompt.text : placeOf(state).query,
    scans: this.scans,
    memo: this.#memo,
  });

  dispatch(action: Action): void {
    try {
      const [state, effects] = reduce(this.#state, action, this.viewOf);
      this.#state = state;
      this.changed();
      for (const effect of effects) this.affect(effect);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** A bug in one screen: what can be left is left, the rest stays usable. */
  #failed(error: unknown): void {
    this.failure ??= error;
    const { places } = this.#state;
    this.#state = {
      ...this.#state,
      places: places.length > 1 ? places.slice(0, -1) : places,
      prompt: undefined,
      notice: `a bug in this screen: ${error instanceof Error ? error.message : String(error)}`.replace(/[\x00-\x1f\x7f-\x9f]/g, '?'),
    };
    this.changed();
  }

  /** Tells the drawing that there is something new. */
  changed(): void {
    this.#rows = undefined;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #lines() {
    return frame(this.#state, this.viewOf(this.#state), (error) => {
      this.failure ??= error;
    });
  }

  /** The rows to draw; the same array until something changes. */
  readonly current = (): readonly string[] => {
    this.#rows ??= this.#lines().map((line) => paintLine(line, this.#state.size.columns, this.style));
    return this.#rows;
  };

  /** The same as plain text. */
  plain(): string {
    return plainFrame(this.#lines());
  }
}
