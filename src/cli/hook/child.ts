import { spawn } from 'node:child_process';
import { self } from './self.ts';

/** uid and gid of `nobody`, by number: an initramfs may have no names. */
export const NOBODY = 65534;

/** Megabytes of JavaScript memory that a child may take. */
const MEMORY_MB = 1024;

/** Characters of what a child says that are kept. */
const SAID = 4096;

export interface ChildResult {
  readonly code: number | undefined;
  /** Why it ended, where it did not end by itself. */
  readonly stopped?: string | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface ChildOptions {
  /** Seconds after which it is killed. */
  readonly seconds: number;
  /** Its standard input and what else is open for it, from descriptor 3 on. */
  readonly stdin: number | NodeJS.ReadableStream;
  /** A file for its standard output, instead of keeping what it says. */
  readonly stdout?: number | undefined;
  readonly files?: readonly number[] | undefined;
}

/** Runs lastkmsg itself on input that nobody vouches for: as nobody where we are root, with nothing of our environment. Never throws. */
export function runSelf(args: readonly string[], { seconds, stdin, stdout, files = [] }: ChildOptions): Promise<ChildResult> {
  const isRoot = process.getuid?.() === 0;
  return new Promise((resolve) => {
    const [program, ...script] = self();
    const child = spawn(program, [...script, ...args], {
      cwd: '/',
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8', NODE_OPTIONS: `--max-old-space-size=${MEMORY_MB}` },
      stdio: [typeof stdin === 'number' ? stdin : 'pipe', stdout ?? 'pipe', 'pipe', ...files],
      ...(isRoot && { uid: NOBODY, gid: NOBODY }),
    });
    const said = { stdout: '', stderr: '' };
    const keep = (name: keyof typeof said) => (data: Buffer) => {
      if (said[name].length < SAID) said[name] += data.toString('utf8');
    };
    child.stdout?.on('data', keep('stdout'));
    child.stderr?.on('data', keep('stderr'));
    let stopped: string | undefined;
    const timer = setTimeout(() => {
      stopped = `it took more than ${seconds} s`;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const end = (code: number | undefined, why?: string): void => {
      clearTimeout(timer);
      resolve({ code, stopped: stopped ?? why, ...said });
    };
    child.on('error', (error) => end(undefined, error.message));
    child.on('close', (code, signal) => end(code ?? undefined, signal ? `killed by ${signal}` : undefined));
    if (typeof stdin !== 'number' && child.stdin) {
      child.stdin.on('error', () => undefined); // it has read enough
      stdin.pipe(child.stdin);
    }
  });
}
