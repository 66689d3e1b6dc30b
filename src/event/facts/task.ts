import { type FieldValue, int } from '../../../grammars/common/fields.ts';
import type { HeadNode } from '../../../grammars/common/nodes.ts';
import type { Task } from '../event.ts';
import { type Facts, recordAt } from './facts.ts';
import { present, Said } from './said.ts';

/** A task, each field with its records. */
export type SayableTask = { readonly [K in keyof Task]: Task[K] | Said<NonNullable<Task[K]>> };

/** Who was running: the CPU line; where there is none, what the lines say of a task. */
export function taskOf(facts: Facts): SayableTask | undefined {
  const { cpu, heads, report } = facts;
  const by = cpu === undefined ? [] : recordAt(report, cpu.line);
  const ofCpu = <T>(value: T | undefined) => (value === undefined ? undefined : new Said(value, by));
  const telling = heads.find((h) => h.values.pid !== undefined);
  const task = {
    pid: ofCpu(cpu?.pid) ?? numberOf(facts, telling, 'pid'),
    comm: ofCpu(cpu?.comm) ?? textOf(facts, telling, 'comm'),
    cpu:
      ofCpu(cpu?.cpu) ??
      numberOf(
        facts,
        heads.find((h) => h.values.cpu !== undefined),
        'cpu',
      ) ??
      cpuOfLine(facts) ??
      cpuOfCaller(facts),
    uid: ofCpu(cpu?.uid),
  };
  return present<SayableTask[keyof Task]>(task) as SayableTask | undefined;
}

/** The value of a line's field. */
const saidOf = (facts: Facts, head: HeadNode | undefined, field: string): Said<FieldValue> | undefined => {
  const value = head?.values[field];
  return head === undefined || value === undefined ? undefined : new Said(value, recordAt(facts.report, head.line));
};
const textOf = (facts: Facts, head: HeadNode | undefined, field: string): Said<string> | undefined =>
  saidOf(facts, head, field)?.map(String);
const numberOf = (facts: Facts, head: HeadNode | undefined, field: string): Said<number> | undefined =>
  whole(saidOf(facts, head, field)?.map(String));
/** A number that JSON can hold; a log can say any. */
const whole = (said: Said<string> | undefined): Said<number> | undefined => {
  const value = said === undefined ? undefined : int(said.value);
  return said === undefined || value === undefined ? undefined : new Said(value, said.records);
};

/** `CPU 2`, a line of its own before 3.9. */
const cpuOfLine = (facts: Facts): Said<number> | undefined => {
  const line = facts.nodes.find((n) => n.type === 'text' && n.key === 'cpu-only');
  return line?.type === 'text' ? whole(new Said(line.text, recordAt(facts.report, line.line))) : undefined;
};

/** `C1`: the CPU that printed the report in an interrupt (CONFIG_PRINTK_CALLER). One that finds others stuck need not be stuck itself. */
const cpuOfCaller = ({ report }: Facts): Said<number> | undefined => {
  const id = report.family.name === 'stall' ? undefined : report.callerId;
  return id?.startsWith('C') ? whole(new Said(id.slice(1), recordAt(report, 0))) : undefined;
};
