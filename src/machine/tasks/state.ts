/** Bits of task_struct.__state (`state` before 5.14) and exit_state (include/linux/sched.h). */
const INTERRUPTIBLE = 0x1;
const UNINTERRUPTIBLE = 0x2;
const STOPPED = 0x4;
const TRACED = 0x8;
const EXIT_DEAD = 0x10;
const EXIT_ZOMBIE = 0x20;
const PARKED = 0x40;
const DEAD = 0x80;
const NOLOAD = 0x400;
const NEW = 0x800;

export type TaskState = 'RU' | 'IN' | 'UN' | 'ID' | 'ST' | 'TR' | 'ZO' | 'DE' | 'PA' | 'NE' | '??';

/** The state in crash's two letters; ID is uninterruptible without being counted as load (TASK_IDLE, 4.2). */
export function taskState(state: number, exitState: number): TaskState {
  if (exitState & EXIT_ZOMBIE) return 'ZO';
  if (exitState & EXIT_DEAD) return 'DE';
  if (state === 0) return 'RU';
  if (state & INTERRUPTIBLE) return 'IN';
  if (state & UNINTERRUPTIBLE) return state & NOLOAD ? 'ID' : 'UN';
  if (state & STOPPED) return 'ST';
  if (state & TRACED) return 'TR';
  if (state & PARKED) return 'PA';
  if (state & DEAD) return 'DE';
  return state & NEW ? 'NE' : '??';
}
