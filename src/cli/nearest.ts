/** Letters that may be wrong: a third, and never more than two. */
const mostWrong = (word: string): number => Math.min(2, Math.floor(word.length / 3));

/** The word that was probably meant; undefined where none is near. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const [best] = words
    .filter((each) => Math.abs(each.length - word.length) <= 2)
    .map((each) => [each, distance(word.toLowerCase(), each.toLowerCase())] as const)
    .filter(([, wrong]) => wrong <= mostWrong(word))
    .sort((a, b) => a[1] - b[1]);
  return best?.[0];
}

/** `; did you mean events?`, or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = nearest(word, words);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** Letters to leave out, put in, change or swap with their neighbour to make one word the other; of long words nobody asks. */
function distance(a: string, b: string): number {
  if (a.length > 40 || b.length > 40) return 40;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let k = 1; k <= b.length; k++) {
      const same = a[i - 1] === b[k - 1];
      let least = Math.min(rows[i - 1]![k]! + 1, row[k - 1]! + 1, rows[i - 1]![k - 1]! + (same ? 0 : 1));
      if (i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1]) least = Math.min(least, rows[i - 2]![k - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
