import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** A program on a terminal of its own: `script` of util-linux makes the pty, keys go in by a pipe. */
export class Pty {
  readonly #child: ChildProcess;
  #output = '';
  #waiting: (() => void) | undefined;

  constructor(command: string, { columns, rows }: { columns: number; rows: number }) {
    const env = { ...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
    this.#child = spawn('script', ['-qfec', `stty rows ${rows} cols ${columns}; exec ${command}`, '/dev/null'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (bytes: Buffer) => {
      this.#output += bytes.toString('latin1');
      this.#waiting?.();
    });
  }

  /** Everything that was drawn since the last look. */
  take(): string {
    const output = this.#output;
    this.#output = '';
    return output;
  }

  press(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  /** Waits until what was drawn satisfies. @returns milliseconds it took @throws when nothing does for so long */
  async until(satisfied: (output: string) => boolean, timeout = 60_000): Promise<number> {
    const began = performance.now();
    while (!satisfied(this.#output)) {
      const left = timeout - (performance.now() - began);
      if (left <= 0) throw new Error(`nothing of the kind was drawn in ${timeout} ms`);
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

  /** Waits until nothing was drawn for a while. */
  async quiet(ms = 400): Promise<void> {
    for (let length = -1; length !== this.#output.length; ) {
      length = this.#output.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }

  /** Peak resident memory of the program, MB. */
  peakMegabytes(): number {
    const shell = this.#child.pid;
    const pid = readdirSync('/proc').find((entry) => {
      if (!/^\d+$/.test(entry)) return false;
      try {
        return readFileSync(`/proc/${entry}/stat`, 'latin1').split(') ')[1]?.split(' ')[1] === `${shell}`;
      } catch {
        return false;
      }
    });
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]) / 1024;
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }
}
