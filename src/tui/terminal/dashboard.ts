import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Fleet } from '../../fleet/fleet.ts';
import type { FleetInput } from '../../fleet/input.ts';
import type { Feed } from '../../read/feed.ts';
import { FleetData } from '../data/fleet.ts';
import { Source } from '../data/source.ts';
import { fleetPlace, timelinePlace } from '../state/place.ts';
import { type Effect, type ExportFormat, initialState } from '../state/state.ts';
import { Store } from '../store.ts';
import type { Style } from '../theme/roles.ts';
import { Canvas } from './canvas.ts';
import { writeClipboardFile } from './clipboard-file.ts';
import { onEveryExit, suspend } from './exit.ts';
import { listen } from './keyboard.ts';
import { AlternateScreen } from './screen.ts';
import type { Terminal } from './tty.ts';

/** One input of the dashboard: it is read when it is first shown. */
export interface DashboardInput {
  readonly name: string;
  /** It grows, and is read on. */
  readonly following: boolean;
  readonly read: Feed;
}

export interface DashboardOptions {
  readonly inputs: readonly DashboardInput[];
  /** Of several inputs: reads them all, and hands over what is to be compared; so many where it is not the inputs above. */
  readonly fleet?:
    | {
        readonly name: string;
        readonly total?: number | undefined;
        readonly read: (take: (input: FleetInput) => void, stop: AbortSignal) => Promise<void>;
      }
    | undefined;
  readonly terminal: Terminal;
  readonly style: Style;
  /** Writes a report of what is known of an input. @returns the name of the file */
  readonly exportTo: (source: Source, format: ExportFormat) => Promise<string>;
  /** The same of what many inputs have in common. */
  readonly exportFleet: (fleet: Fleet, format: ExportFormat) => Promise<string>;
}

/** How long the first frame waits for something to show, milliseconds. */
const GRACE_MS = 80;
/** Searching gives way to keys after so many milliseconds. */
const SLICE_MS = 8;
/** Most frames a second while data arrives; a key is drawn at once. */
const FRAME_MS = 50;

/** Runs the dashboard until the user leaves it. @returns the inputs, and a bug that came up while it ran */
export async function runDashboard({
  inputs,
  fleet,
  terminal,
  style,
  exportTo,
  exportFleet,
}: DashboardOptions): Promise<{ readonly sources: readonly Source[]; readonly failure: unknown }> {
  const { mount } = await import('../frame.tsx');
  let firstShown: () => void = () => undefined;
  const shown = new Promise<void>((resolve) => {
    firstShown = resolve;
  });

  const { output, input: keys } = terminal;
  const sources = inputs.map(({ name, following }) => new Source(name, following));
  const sizeOf = () => ({ columns: output.columns || 80, rows: output.rows || 24 });
  const data = fleet && new FleetData(fleet.name, fleet.total ?? inputs.length);
  const screen = new AlternateScreen(terminal);
  const canvas = new Canvas((bytes) => void output.write(bytes), sizeOf);
  let leave: (error?: unknown) => void = () => undefined;
  const left = new Promise<unknown>((resolve) => {
    leave = resolve;
  });
  const store = new Store(
    sources,
    initialState(fleet ? fleetPlace() : timelinePlace(0), sizeOf()),
    style,
    (effect) => void affect(effect),
    data,
  );

  let drawing: (() => void) | undefined;
  let silent: () => void = () => undefined;
  const resume = (): void => {
    screen.enter();
    canvas.forget();
    drawing = mount(store, canvas, keys);
    silent = listen(keys, (key) => {
      store.dispatch(key.kind === 'key' ? { kind: 'key', name: key.name } : { kind: 'mouse', action: key.action, row: key.row });
      void look();
    });
  };
  const pause = (): void => {
    silent();
    drawing?.();
    drawing = undefined;
    screen.leave();
  };

  async function written(file: Promise<string>): Promise<void> {
    const said = await file.then(
      (path) => `written: ${path}`,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    store.dispatch({ kind: 'notice', text: said.replace(/[\x00-\x1f\x7f-\x9f]/g, '?') });
  }

  async function affect(effect: Effect): Promise<void> {
    switch (effect.kind) {
      case 'quit':
        return leave();
      case 'read':
        return begin(effect.source);
      case 'mouse':
        return screen.setMouse(effect.on);
      case 'copy': {
        screen.copy(effect.text);
        const path = writeClipboardFile(effect.text);
        return store.dispatch({ kind: 'notice', text: `copied ${effect.what}${path === undefined ? '' : ` (also in ${path})`}` });
      }
      case 'export': {
        const source = sources[effect.source];
        return source && written(exportTo(source, effect.format));
      }
      case 'export-fleet':
        return data && written(exportFleet(data.fleet, effect.format));
      case 'suspend':
        pause();
        await suspend();
        return resume();
      case 'plain': {
        const text = store.plain();
        pause();
        output.write(`${text}\n-- any key: back to the dashboard --`);
        await anyKey(terminal);
        output.write('\n');
        return resume();
      }
    }
  }

  let looking = false;
  /** Goes on with searches and filters, a slice at a time. */
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    let drawn = performance.now();
    while (store.scans.busy) {
      const began = performance.now();
      while (store.scans.busy && performance.now() - began < SLICE_MS) store.scans.step();
      if (performance.now() - drawn > FRAME_MS || !store.scans.busy) {
        store.dispatch({ kind: 'grown' });
        drawn = performance.now();
      }
      await turn();
    }
    looking = false;
  }

  async function read(source: Source, feed: Feed): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const show = (): void => {
      firstShown();
      timer = undefined;
      store.dispatch({ kind: 'grown' });
      void look();
    };
    await feed((message) => {
      const first = source.records.count === 0;
      source.take(message);
      // the first records are shown at once
      if (first && source.records.count > 0) show();
      else timer ??= setTimeout(show, FRAME_MS);
    });
    clearTimeout(timer);
    firstShown();
    store.dispatch({ kind: 'read', source: sources.indexOf(source) });
    void look();
  }

  const begun = new Set<number>();
  function begin(index: number): void {
    const [source, input] = [sources[index], inputs[index]];
    if (source === undefined || input === undefined || begun.has(index)) return;
    begun.add(index);
    void read(source, input.read).catch((error: unknown) => leave(error));
  }

  const stop = new AbortController();
  async function compare(inputsOf: NonNullable<typeof fleet>, into: FleetData): Promise<void> {
    let shown = 0;
    await inputsOf.read((input) => {
      into.take(input);
      if (performance.now() - shown < FRAME_MS) return;
      shown = performance.now();
      store.dispatch({ kind: 'grown' });
    }, stop.signal);
    store.dispatch({ kind: 'grown' });
  }

  const resized = (): void => {
    canvas.forget();
    store.dispatch({ kind: 'resize', size: sizeOf() });
  };
  const stopWatching = onEveryExit(pause, (error) => leave(error));
  output.on('resize', resized);
  try {
    if (fleet && data) void compare(fleet, data).catch((error: unknown) => leave(error));
    else begin(0);
    // what is small is read before anything is drawn: one frame, not two
    await Promise.race([shown, sleep(GRACE_MS)]);
    resume();
    const failure = (await left) ?? store.failure;
    return { sources, failure };
  } finally {
    stop.abort();
    output.off('resize', resized);
    pause();
    stopWatching();
    if (keys !== process.stdin) keys.destroy();
  }
}

async function anyKey({ input }: Terminal): Promise<void> {
  input.setRawMode(true);
  await new Promise<void>((resolve) => {
    const silent = listen(input, () => {
      silent();
      resolve();
    });
  });
  input.setRawMode(false);
}
