/** What became of an input; the schema says what each means. */
export const ANSWER_STATUSES = ['ok', 'lossy', 'unreadable', 'dead', 'copy', 'archive'] as const;
