import type { Task } from '../event.ts';
import type { Facts } from './facts.ts';

/** Who was running: the CPU line; where there is none, what the head says. */
export function taskOf(facts: Facts): Task | undefined {
  const { cpu, heads } = facts;
  const said = heads.find((h) => h.fields.pid !== undefined)?.fields;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const task: Task = {};
  const pid = cpu?.pid ?? number(said?.pid);
  const comm = cpu?.comm ?? said?.comm;
  const on = cpu?.cpu ?? number(heads.find((h) => h.fields.cpu !== undefined)?.fields.cpu) ?? cpuOfLine(facts) ?? cpuOfCaller(facts);
  if (pid !== undefined) task.pid = pid;
  if (comm !== undefined) task.comm = comm;
  if (on !== undefined) task.cpu = on;
  if (cpu?.uid !== undefined) task.uid = cpu.uid;
  return Object.keys(task).length === 0 ? undefined : task;
}

/** `CPU 2`, a line of its own before 3.9. */
const cpuOfLine = (facts: Facts): number | undefined => {
  const line = facts.nodes.find((n) => n.type === 'text' && n.key === 'cpu-only');
  return line?.type === 'text' ? Number(line.text) : undefined;
};

const cpuOfCaller = (facts: Facts): number | undefined => {
  const id = facts.report.callerId;
  return id?.startsWith('C') ? Number(id.slice(1)) : undefined;
};
