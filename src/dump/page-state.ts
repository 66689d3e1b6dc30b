/** How trustworthy the bytes of a physical range are. */
export type PageState =
  /** The file holds them. */
  | 'present'
  /** makedumpfile left the page out (`-d`): the log's pages are never user or cache pages, so it was a page of zeros. */
  | 'excluded'
  /** The page should be there and is not: truncated file, absent split member, a hole between segments. */
  | 'missing'
  /** The page is there but does not decode. */
  | 'damaged';

const RANK: Record<PageState, number> = { present: 0, excluded: 1, missing: 2, damaged: 3 };

/** What is to be said of two ranges read together. */
export const worse = (a: PageState, b: PageState): PageState => (RANK[a] >= RANK[b] ? a : b);
