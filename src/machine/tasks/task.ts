import type { KernelContext } from '../../kernel/context.ts';
import type { Struct } from '../../kernel/struct.ts';
import { type TaskState, taskState } from './state.ts';

const PF_KTHREAD = 0x200000;

/** One task; each fact is read when asked, undefined where it is not in the dump. */
export class Task {
  constructor(
    readonly kernel: KernelContext,
    readonly struct: Struct,
    /** Of idle tasks, the CPU that they are of. */
    readonly idleOf: number | undefined = undefined,
  ) {}

  get address(): bigint {
    return this.struct.address;
  }

  get pid(): number | undefined {
    return this.struct.num('pid');
  }

  get tgid(): number | undefined {
    return this.struct.num('tgid');
  }

  /** A character a byte: decode before showing it. */
  get comm(): string | undefined {
    return this.struct.text('comm');
  }

  get state(): TaskState | undefined {
    // __state since 5.14 (2f064a59a11f)
    const state = this.struct.num(this.struct.has('__state') ? '__state' : 'state');
    const exit = this.struct.num('exit_state');
    return state === undefined || exit === undefined ? undefined : taskState(state, exit);
  }

  get cpu(): number | undefined {
    // in thread_info since 5.16 (bcf9033e5449) where that is part of the task; in the task itself from 4.9 on
    const path = this.struct.has('thread_info.cpu') ? 'thread_info.cpu' : 'cpu';
    return this.idleOf ?? this.struct.num(path);
  }

  get isKernelThread(): boolean | undefined {
    const flags = this.struct.num('flags');
    return flags === undefined ? undefined : (flags & PF_KTHREAD) !== 0;
  }

  /** crash's PPID: of who gets its signals. */
  get parent(): Struct | undefined {
    return this.struct.follow('parent', 'task_struct');
  }

  /** Its stack's lowest address. */
  get stack(): bigint | undefined {
    return this.struct.ptr('stack');
  }

  get mm(): bigint | undefined {
    return this.struct.ptr('mm');
  }

  /** When it was last put on a CPU, in nanoseconds of that CPU's run-queue clock. */
  get lastArrival(): number | undefined {
    return this.struct.num('sched_info.last_arrival');
  }
}
