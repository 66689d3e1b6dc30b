import type { Oom } from '../../event/event.ts';

/** What counts of pages are shown in: kB where the report tells the size of its pages, else pages. One unit for a whole table. */
export interface PageUnit {
  readonly name: 'kB' | 'pages';
  readonly of: (pages: number) => number;
}

export const pageUnit = ({ pageSizeKb }: Oom): PageUnit =>
  pageSizeKb === undefined ? { name: 'pages', of: (pages) => pages } : { name: 'kB', of: (pages) => pages * pageSizeKb };

/** The number in a field that a schema leaves open. */
export const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

export const sum = (values: readonly (number | undefined)[]): number => values.reduce<number>((total, value) => total + (value ?? 0), 0);
