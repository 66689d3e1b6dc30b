/** Rows kept in sight above and below the cursor. */
const CONTEXT = 3;

/** The first row that is seen, so that the cursor is, with some rows around it where there is room. */
export function scrolled(top: number, { count, cursor, height }: { count: number; cursor: number; height: number }): number {
  const around = Math.min(CONTEXT, Math.floor((height - 1) / 2));
  const highest = Math.max(0, count - height);
  const wanted = Math.min(Math.max(top, cursor - height + 1 + around), cursor - around);
  return Math.max(0, Math.min(wanted, highest));
}
