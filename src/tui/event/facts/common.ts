import type { Event, Frame } from '../../../event/event.ts';
import { taskName } from '../../../event/task-name.ts';
import { frameText } from '../../../output/text/frame.ts';
import { eventRange } from '../../../output/text/records.ts';
import { uptimeText } from '../../../output/text/uptime.ts';
import { wallText } from '../../../output/text/wall-time.ts';
import { count, distance } from '../../line/numbers.ts';
import type { Fact, FactOf } from './fact.ts';
import { guess } from './fact.ts';

/** A word or number of the details. */
export function detail({ details }: Event, key: string): string | number | boolean | undefined {
  const value = details?.[key];
  return typeof value === 'object' ? undefined : value;
}

/** A list of the details as words: `1, 2`. */
export function listed({ details }: Event, key: string): string | undefined {
  const value = details?.[key];
  return Array.isArray(value) && value.length > 0 && typeof value[0] !== 'object' ? value.join(', ') : undefined;
}

const same = (a: Frame, b: Frame): boolean => a.symbol === b.symbol && a.offset === b.offset;

/** Where the CPU was and in whose task; the culprit, where it is another frame. */
export const where: FactOf = ({ event: { at, culprit, task, workqueue, callerId } }) => {
  const place = at ?? culprit;
  const parts = [
    place && frameText(place),
    taskName(task?.comm, task?.pid) ?? (place === undefined ? callerId : undefined),
    task?.cpu === undefined ? undefined : `CPU ${task.cpu}`,
    at && culprit && !same(at, culprit) && guess(`culprit ${frameText(culprit)}`),
    workqueue === undefined ? undefined : `workqueue ${workqueue}`,
    task?.uid === undefined ? undefined : `uid ${task.uid}`,
  ];
  return parts.some(Boolean) ? { label: 'Where', parts, name: true } : undefined;
};

export const task: FactOf = ({ event: { task: own, workqueue } }) =>
  own === undefined && workqueue === undefined
    ? undefined
    : {
        label: 'Task',
        parts: [
          taskName(own?.comm, own?.pid),
          own?.cpu === undefined ? undefined : `CPU ${own.cpu}`,
          workqueue === undefined ? undefined : `workqueue ${workqueue}`,
        ],
      };

/** Release, taint, build, machine. */
export const kernel: FactOf = ({ event: { kernel: own, taint, hardware } }) => {
  const flags = (taint?.flags ?? []).map(({ letter, name }) => `${letter} ${name}`).join(', ');
  const parts = [own?.release, flags === '' ? undefined : `taint ${flags}`, own?.version, hardware?.split(', BIOS', 1)[0]];
  return parts.some((part) => part !== undefined) ? { label: 'Kernel', parts } : undefined;
};

/** What it is found again by. */
export const key: FactOf = ({ event: { signature, title } }) => ({
  label: 'Key',
  parts: [signature?.hash ?? 'no signature', `"${title}"`],
});

/** Which records say it, and what time it was: with what anchors the clock. */
export const when: FactOf = ({ event: { records, wall, boot } }) => ({
  label: 'When',
  parts: [
    wall && wallText(wall, { zone: 'utc' }),
    `record${records.first === records.last ? '' : 's'} ${eventRange(records)}`,
    boot > 0 && `boot ${boot}`,
  ],
});

/** What is missing of the report itself. */
export const damage: FactOf = ({ event: { completeness, completenessReason } }) =>
  completeness === 'complete'
    ? undefined
    : { label: 'Report', parts: [`${completeness}${completenessReason ? `: ${completenessReason}` : ''}`] };

/** How often the same came again: repeats of one cause are one event. */
export const times: FactOf = ({ event }) => {
  const { details } = event;
  if (typeof details?.count !== 'number') return undefined;
  const { firstUptime: first, lastUptime: last, rate } = details;
  const span: Fact['parts'] =
    typeof first === 'number' && typeof last === 'number'
      ? [`${uptimeText(first, 3)} to ${uptimeText(last, 3)}, ${distance(last - first)}`, typeof rate === 'number' && `${rate} a second`]
      : [];
  return { label: 'Times', parts: [`${count(details.count)} times`, ...span] };
};
