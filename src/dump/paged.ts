import { type PageState, worse } from './page-state.ts';

export type PageOr = Buffer | Exclude<PageState, 'present'>;

/** Copies memory that comes page by page; what is not there becomes zeros. Addresses below 0 have no page. */
export function copyPages(paddr: number, into: Buffer, pageSize: number, pageOf: (frame: number) => PageOr): PageState {
  let state: PageState = 'present';
  for (let done = 0; done < into.length; ) {
    const at = paddr + done;
    const within = ((at % pageSize) + pageSize) % pageSize;
    const length = Math.min(pageSize - within, into.length - done);
    const page = at < 0 ? 'missing' : pageOf(Math.floor(at / pageSize));
    if (typeof page === 'string') {
      into.fill(0, done, done + length);
      state = worse(state, page);
    } else page.copy(into, done, within, within + length);
    done += length;
  }
  return state;
}
