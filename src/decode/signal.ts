/** Signals 1 to 31, include/uapi/asm-generic/signal.h; mips numbers those from 7 on differently. */
const NAMES =
  'SIGHUP SIGINT SIGQUIT SIGILL SIGTRAP SIGABRT SIGBUS SIGFPE SIGKILL SIGUSR1 SIGSEGV SIGUSR2 SIGPIPE SIGALRM SIGTERM SIGSTKFLT SIGCHLD SIGCONT SIGSTOP SIGTSTP SIGTTIN SIGTTOU SIGURG SIGXCPU SIGXFSZ SIGVTALRM SIGPROF SIGWINCH SIGIO SIGPWR SIGSYS'.split(
    ' ',
  );

/** Name of a signal number; real-time signals are `SIGRTMIN+n` counted from 32 as the kernel does. */
export function signalName(number: number): string | undefined {
  return number >= 32 && number <= 64 ? `SIGRTMIN+${number - 32}` : NAMES[number - 1];
}
