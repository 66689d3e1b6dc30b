/** Signals that end the program; the terminal is given back first. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Runs `restore` on every way out that a process can see. @returns how to take that back */
export function onEveryExit(restore: () => void, crashed: (error: unknown) => void): () => void {
  const stops: (() => void)[] = [];
  const on = (event: string, handler: (...args: never[]) => void): void => {
    process.on(event, handler as () => void);
    stops.push(() => process.off(event, handler as () => void));
  };
  on('exit', restore);
  for (const [signal, code] of Object.entries(SIGNALS)) {
    on(signal, () => {
      restore();
      process.exit(code);
    });
  }
  const broken = (error: unknown): void => {
    restore();
    crashed(error);
  };
  on('uncaughtException', broken);
  on('unhandledRejection', broken);
  return () => {
    for (const stop of stops) stop();
  };
}

/** Stops the program as the shell's job control does, and returns when it goes on. */
export function suspend(): Promise<void> {
  return new Promise((resolve) => {
    const goOn = (): void => {
      clearTimeout(timer);
      process.off('SIGCONT', goOn);
      resolve();
    };
    // the timer also keeps the process alive; it cannot fire while it is stopped, and fires where nothing stops it: without a shell's
    // job control the signal is ignored
    const timer = setTimeout(goOn, 300);
    process.once('SIGCONT', goOn);
    process.kill(0, 'SIGTSTP'); // the whole job: what feeds a pipe stops too
  });
}
