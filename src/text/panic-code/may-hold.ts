/** Whether a text may hold a panic code: a look that costs next to nothing, and loads nothing. */
export const mayHoldPanicCode = (text: string): boolean => /&(?:amp;)?zl?=/.test(text);
