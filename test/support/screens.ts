import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as assert from 'uvu/assert';
import { cells } from '../../src/output/text/cells.ts';
import { feedOf } from '../../src/read/feed.ts';
import type { FleetData } from '../../src/tui/data/fleet.ts';
import { Source } from '../../src/tui/data/source.ts';
import type { Size } from '../../src/tui/screens/screen.ts';
import { eventPlace, type Place, timelinePlace } from '../../src/tui/state/place.ts';
import { type Effect, initialState, placeOf } from '../../src/tui/state/state.ts';
import { Store } from '../../src/tui/store.ts';
import type { Style } from '../../src/tui/theme/roles.ts';

/** The terminals that every screen is drawn on. */
export const SIZES: readonly Size[] = [
  { columns: 100, rows: 30 },
  { columns: 80, rows: 24 },
  { columns: 60, rows: 15 },
];
export const PLAIN: Style = { color: false, ascii: false };
export const ASCII: Style = { color: false, ascii: true };

/** A file, a dump or a log, read as `lastkmsg tui` reads it. */
export async function sourceOf(path: string, name = basename(path)): Promise<Source> {
  const source = new Source(name);
  await feedOf([{ name: path }], {})((message) => source.take(message));
  return source;
}

/** The same for a log's text, as a byte string. */
export async function sourceOfLog(log: string, name = 'console.log'): Promise<Source> {
  const directory = mkdtempSync(join(tmpdir(), 'lastkmsg-screens-'));
  try {
    writeFileSync(join(directory, name), Buffer.from(log, 'latin1'));
    return await sourceOf(join(directory, name));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const SGR = /\x1b\[[0-9;]*m/g;
const withoutSgr = (row: string): string => row.replace(SGR, '');

/** A dashboard without a terminal: keys in, rows out; each frame that is looked at keeps to its terminal. */
export class Screens {
  readonly effects: Effect[] = [];
  readonly store: Store;

  constructor(
    sources: readonly Source[],
    readonly style: Style = PLAIN,
    size: Size = SIZES[0]!,
    first: Place = timelinePlace(0),
    fleet?: FleetData,
  ) {
    this.store = new Store(sources, initialState(first, size), style, (effect) => this.effects.push(effect), fleet);
  }

  /** The screen of an event. */
  static ofEvent(source: Source, id: string, size?: Size, style?: Style): Screens {
    return new Screens([source], style, size, eventPlace(0, id));
  }

  /** Where the user is. */
  get place(): Place {
    return placeOf(this.store.state);
  }

  /** Keys by the names of the key table, and what they set off brought to its end. */
  press(...names: readonly string[]): this {
    for (const name of names) {
      this.store.dispatch({ kind: 'key', name });
      while (this.store.scans.busy) this.store.scans.step();
      this.store.dispatch({ kind: 'grown' });
    }
    return this;
  }

  resize(size: Size): this {
    this.store.dispatch({ kind: 'resize', size });
    return this;
  }

  /** The frame with its colours; fails where it does not keep to the terminal or a screen had a bug. */
  painted(): readonly string[] {
    const { columns, rows } = this.store.state.size;
    const frame = this.store.current();
    if (this.store.failure !== undefined) throw this.store.failure;
    assert.is(frame.length, rows - 1, `${frame.length} lines on a terminal of ${rows}`);
    for (const [i, row] of frame.entries()) {
      const text = withoutSgr(row);
      assert.ok(cells(text) <= columns, `line ${i + 1} takes ${cells(text)} cells of ${columns}: ${text}`);
      assert.not.match(text, this.style.ascii ? /[^\x20-\x7e]/ : /[\x00-\x1f\x7f-\x9f]/, `line ${i + 1}`);
    }
    return frame;
  }

  /** The frame as text. */
  text(): string {
    return this.painted()
      .map((row) => withoutSgr(row).trimEnd())
      .join('\n');
  }

  /** The frame for a golden file: the row under the cursor, which is inverse, has an arrow before it. */
  snapshot(): string {
    const { columns, rows } = this.store.state.size;
    const lines = this.painted().map((row) => `${row.startsWith('\x1b[7m') ? '>' : ' '}${withoutSgr(row)}`.trimEnd());
    return `${columns}x${rows}\n${lines.join('\n')}\n`;
  }
}
