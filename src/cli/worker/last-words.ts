/** Characters that are kept: V8's last words are long. */
const MOST = 16_384;

/** What a process said before it died. */
export class LastWords {
  #said = '';

  hear(data: Buffer): void {
    this.#said = (this.#said + data.toString('utf8')).slice(-MOST);
  }

  /** Why it ended, in a line, as far as it says. @param heapMb what it had for JavaScript */
  reason(code: number | null, signal: string | null, heapMb: number): string {
    if (/heap out of memory|heap limit/i.test(this.#said)) return `it needed more than ${heapMb} MB for JavaScript`;
    const line = this.#said
      .split('\n')
      .map((each) => each.trim())
      .find((each) => /^(?:lastkmsg: |\w*Error\b)/.test(each));
    return `${signal === null ? `it ended with code ${code}` : `killed by ${signal}`}${line === undefined ? '' : ` (${line.slice(0, 200)})`}`;
  }
}
