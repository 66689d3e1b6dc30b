import type { Frame } from '../../../event/event.ts';
import { ownRows } from '../own-rows.ts';
import type { EventContext } from '../tab.ts';

/** `fault_null+0x5`: every place of code that a line names. */
const PLACE = /([A-Za-z_.$][\w.$]*)\+(0x[0-9a-f]+)/g;
/** `[<ffffffff81000000>]`, `0x1dcc0000`: an address without a name. */
const ADDRESS = /(?:0x|\[<|\b)([0-9a-f]{6,16})\b/g;
/** What stands before the place on the line that says where the CPU was. */
const POINTER = /(?:^|\s)(RIP|EIP|IP|PSW|NIP|epc|ERA|pc|PC)(?=\s*:|\s*\[|\s+is at\b)/;

/**
 * Where frames stand in the log. Frames are asked for in the order that they were printed: each is sought behind the one before, so that
 * a symbol of two stacks leads to its own line. One look over the event's rows serves all.
 */
export class FrameRecords {
  readonly #rows = new Map<string, number[]>();
  #last = -1;

  constructor(private readonly context: EventContext) {
    const { records } = context.source;
    for (const row of ownRows(context)) {
      const text = records.text(row).slice(0, 2000);
      for (const [, symbol, offset] of text.matchAll(PLACE)) this.#add(`${symbol}+${offset}`, row);
      for (const [, digits] of text.matchAll(ADDRESS)) this.#add(BigInt(`0x${digits}`).toString(16), row);
    }
  }

  #add(key: string, row: number): void {
    const rows = this.#rows.get(key);
    if (rows === undefined) this.#rows.set(key, [row]);
    else if (rows.at(-1) !== row) rows.push(row);
  }

  /** The row of the next frame, or undefined. Rows of one place are few but for recursion: the search is for the first behind the last. */
  next(frame: Frame): number | undefined {
    const rows = this.#of(frame);
    if (rows === undefined) return undefined;
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle]! <= this.#last) low = middle + 1;
      else high = middle;
    }
    const row = rows[low] ?? rows[0]!;
    if (row > this.#last) this.#last = row;
    return row;
  }

  /** The first row that names the place, and how it calls the program counter, if that is what it tells. */
  first(frame: Frame): { readonly row: number; readonly pointer: string | undefined } | undefined {
    const rows = this.#of(frame);
    if (rows === undefined) return undefined;
    for (const row of rows) {
      const pointer = POINTER.exec(this.context.source.records.text(row))?.[1];
      if (pointer !== undefined) return { row, pointer: pointer === 'PC' ? 'pc' : pointer };
    }
    return { row: rows[0]!, pointer: undefined };
  }

  #of({ symbol, offset, address }: Frame): number[] | undefined {
    const named =
      symbol === undefined || offset === undefined
        ? undefined
        : this.#rows.get(`${symbol}+${typeof offset === 'number' ? `0x${offset.toString(16)}` : offset}`);
    return named ?? (address === undefined ? undefined : this.#rows.get(BigInt(address).toString(16)));
  }
}
