import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface PtySize {
  readonly columns: number;
  readonly rows: number;
}

/** A program on a terminal of its own: `script` of util-linux makes the pty, keys go in by a pipe. */
export class Pty {
  readonly #child: ChildProcess;
  #output = '';
  #all = '';
  #waiting: (() => void) | undefined;

  /** @param command of the shell; `exec` in front keeps the shell out of the way */
  constructor(command: string, { columns, rows }: PtySize, env: Readonly<Record<string, string>> = {}) {
    const all = { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...env };
    this.#child = spawn('script', ['-qfec', `stty rows ${rows} cols ${columns}; ${command}`, '/dev/null'], {
      env: all,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      this.#output += bytes.toString('latin1');
      this.#all += bytes.toString('latin1');
      this.#waiting?.();
    });
  }

  /** Everything that was written since the last look. */
  take(): string {
    const output = this.#output;
    this.#output = '';
    return output;
  }

  /** Everything that was ever written, as a byte string. */
  get all(): string {
    return this.#all;
  }

  press(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Waits until what was written since the last look satisfies. @returns milliseconds it took @throws when nothing does for so long */
  async until(satisfied: (output: string) => boolean, timeout = 60_000): Promise<number> {
    const began = performance.now();
    while (!satisfied(this.#output)) {
      const left = timeout - (performance.now() - began);
      if (left <= 0)
        throw new Error(`nothing of the kind was written in ${timeout} ms; last: ${JSON.stringify(this.#output.slice(-2000))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(left, 1000));
        this.#waiting = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return performance.now() - began;
  }

  /** Waits until nothing was written for a while. */
  async quiet(ms = 400): Promise<void> {
    for (let length = -1; length !== this.#output.length; ) {
      length = this.#output.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }

  /** The program itself: the only child of `script`, or the child of its shell. */
  get pid(): number {
    const children = (parent: number): number[] =>
      readdirSync('/proc')
        .filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === parent)
        .map(Number);
    let pid = this.#child.pid ?? 0;
    for (let [next] = children(pid); next !== undefined; [next] = children(pid)) pid = next;
    return pid;
  }

  resize({ columns, rows }: PtySize): void {
    execFileSync('stty', ['-F', readlinkSync(`/proc/${this.pid}/fd/1`), 'rows', `${rows}`, 'cols', `${columns}`]);
  }

  /** Peak resident memory of the program, MB. */
  peakMegabytes(): number {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'latin1'))?.[1]) / 1024;
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}

function parentOf(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ')[1]);
  } catch {
    return 0; // it has ended
  }
}
