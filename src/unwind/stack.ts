/** A register of an interrupted context by its name in the architecture's own spelling; undefined where it was not saved. */
export type Registers = (name: string) => bigint | undefined;

/** How a frame came to be on a stack. */
export type FrameKind =
  /** It called the frame before it: `ip` is a return address. */
  | 'call'
  /** An interrupt (IRQ, IPI, NMI) came while it ran: `ip` is the instruction that was next. */
  | 'interrupt'
  /** The instruction at `ip` raised an exception, or a debugger's note says that the CPU stood there. */
  | 'exception';

export interface Frame {
  readonly ip: bigint;
  /** Where on the stack the return address into this frame lies; of an interrupted one, its stack pointer. */
  readonly sp: bigint;
  readonly kind: FrameKind;
  /** False where it was guessed: found by scanning, or above code that has no unwind table. */
  readonly reliable: boolean;
  /** Of an interrupted frame of x86-64, or the first of a note: what its registers held. */
  readonly registers?: Registers | undefined;
}

/** Why a stack has no further frame. */
export type StackEnd =
  /** The first function of a kernel thread or of an idle task. */
  | 'thread'
  /** Entry from user space. */
  | 'user'
  /** The task has given its stack back: it has exited, and waits for its parent (THREAD_INFO_IN_TASK, 4.9). */
  | 'gone'
  /** A page of the stack is not in the dump. */
  | 'unreadable'
  /** Frames that run in a circle or down the stack. */
  | 'loop'
  /** More frames than any kernel stack holds. */
  | 'limit'
  /** A return address that is no code. */
  | 'not-code'
  /** The unwind table says that it cannot say (code after a call that never returns). */
  | 'undefined'
  /** The stack's layout is unknown there. */
  | 'lost';

export interface Stack {
  readonly frames: readonly Frame[];
  readonly end: StackEnd;
  /** x86-64: what the registers held when user space entered the kernel. */
  readonly user?: Registers | undefined;
}

/** Ends of which there is nothing above: the stack is whole. */
export const isWhole = ({ end }: Stack): boolean => end === 'thread' || end === 'user';

/** The address by which a frame is looked up: of a return address the call itself, which may be the last instruction of its function. */
export const lookupAddress = ({ ip, kind }: Pick<Frame, 'ip' | 'kind'>): bigint => (kind === 'call' ? ip - 1n : ip);
