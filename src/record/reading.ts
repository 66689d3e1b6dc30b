/** How a text was read: which forms its lines had, and what could not be placed. */
export interface Reading {
  /** Lines by the form that they were read in, most first; `foreign` are those of prose and of other programs. */
  readonly forms: readonly { readonly form: string; readonly lines: number }[];
  /** Lines that look like a kernel's and could not be placed. */
  readonly unread: number;
  /** The first of those, cut short. */
  readonly unreadSamples: readonly string[];
  /** Stack traces that belong to no event; whoever makes the events counts them. */
  readonly unclaimed?: number | undefined;
  /** Why it was not read to its end: of the rest nothing is known. */
  readonly stopped?: string | undefined;
}
