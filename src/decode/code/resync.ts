/**
 * Where to begin so that decoding arrives exactly at the fault. x86 instructions have no alignment, but decoding from a wrong
 * byte falls into step after a few instructions: of all starts whose chain arrives, the offset that most chains pass is real.
 *
 * @param sizes size of the instruction at each offset before the fault, 0 where there is none
 * @returns offsets of the instructions before the fault, in order
 */
export function resync(sizes: readonly number[], fault: number): number[] {
  const arrives: boolean[] = [];
  arrives[fault] = true;
  for (let at = fault - 1; at >= 0; at--) arrives[at] = (sizes[at] ?? 0) > 0 && arrives[at + (sizes[at] ?? 0)] === true;
  const passed = Array.from({ length: fault }, () => 0);
  for (let at = 0; at < fault; at++) if (arrives[at]) passed[at] = 1;
  for (let at = 0; at < fault; at++) {
    const next = at + (sizes[at] ?? 0);
    if (arrives[at] && next < fault) passed[next] = (passed[next] ?? 0) + (passed[at] ?? 0);
  }
  // walk back: of the instructions that end where the next begins, the one most chains passed
  const chain: number[] = [];
  for (let end = fault; ; ) {
    let best = -1;
    for (let at = Math.max(0, end - 15); at < end; at++) {
      if (arrives[at] && at + (sizes[at] ?? 0) === end && (passed[at] ?? 0) > (best < 0 ? 0 : (passed[best] ?? 0))) best = at;
    }
    if (best < 0) return chain.reverse();
    chain.push(best);
    end = best;
  }
}
