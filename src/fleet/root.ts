import type { Event, Incident } from '../event/event.ts';
import { isCrashKind } from '../event/kinds.ts';

/**
 * The event that an incident is counted under: its first, for that is the cause (`kernel panic: Fatal exception` ends any oops and says
 * nothing of it). Where the first was only a warning or harmed nobody and a crash of its own ended the incident, that crash: on
 * other machines the warning is seen without it.
 */
export function rootOf({ first, terminal }: Pick<Incident, 'first' | 'terminal'>, byId: ReadonlyMap<string, Event>): Event | undefined {
  const [began, ended] = [byId.get(first), byId.get(terminal)];
  if (began === undefined || ended === undefined) return began ?? ended;
  const mild = began.severity === 'warning' || began.severity === 'info';
  // what an operator asked for explains the panic that followed, but the machine that stopped is what counts
  const asked = began.severity === 'info';
  const crashed = isCrashKind(ended.kind) && (asked || ended.kind !== 'panic') && ended.severity !== began.severity;
  return mild && crashed ? ended : began;
}
