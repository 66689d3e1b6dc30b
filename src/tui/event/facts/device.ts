import type { Event } from '../../../event/event.ts';
import { taskName } from '../../../event/task-name.ts';
import { detail } from './common.ts';
import type { FactOf } from './fact.ts';

/** `bank 4`: the first of these details that there is. */
const first = (event: Event, ...keys: readonly string[]): string | undefined => {
  for (const key of keys) if (detail(event, key) !== undefined) return `${detail(event, key)}`;
  return undefined;
};
const named = (event: Event, key: string, word = key): string | undefined =>
  detail(event, key) === undefined ? undefined : `${word} ${detail(event, key)}`;

/** Whether the hardware put it right: what decides between a swap of a part and a note. */
function corrected(event: Event): string | undefined {
  const { details } = event;
  if (details?.uncorrected === true) return 'UNCORRECTED';
  if (details?.uncorrected === false) return 'corrected';
  const said = first(event, 'severity', 'class');
  return said === 'CE' ? 'corrected' : said === 'UE' ? 'UNCORRECTED' : said;
}

/** What the hardware reported, and whether it was put right. */
export const hardwareWhat: FactOf = ({ event }) => ({
  label: 'What',
  parts: [
    first(event, 'what', 'errorName', 'error', 'section', 'message') ?? event.title,
    corrected(event),
    first(event, 'unit', 'section', 'layer'),
    named(event, 'reason'),
    detail(event, 'contextCorrupt') === true && 'processor context corrupt',
    detail(event, 'overflow') === true && 'others were lost (overflow)',
  ],
});

/** Which part: the slot, the device, the bank. */
export const device: FactOf = ({ event }) => {
  const parts = [
    first(event, 'device', 'fru', 'label', 'object', 'module'),
    named(event, 'driver'),
    named(event, 'member'),
    named(event, 'target'),
    named(event, 'cpu', 'CPU'),
    named(event, 'bank'),
    named(event, 'controller', 'memory controller'),
    named(event, 'row'),
    named(event, 'channel'),
    named(event, 'slot'),
    named(event, 'queue'),
    named(event, 'irq', 'IRQ'),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : { label: 'Device', parts };
};

/** Where on it. */
export const position: FactOf = ({ event }) => {
  const parts = [
    named(event, 'address'),
    named(event, 'page'),
    named(event, 'sector'),
    named(event, 'inode'),
    named(event, 'block'),
    named(event, 'status'),
    named(event, 'syndrome'),
    named(event, 'sense'),
    named(event, 'errno'),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : { label: 'At', parts };
};

/** `critical medium error`: as the block layer goes on after the word. */
const errorText = (event: Event): string | undefined =>
  detail(event, 'error') === undefined ? undefined : `${detail(event, 'error')} error`;

/** What a disk or file system was asked and answered. */
export const storageWhat: FactOf = ({ event }) => {
  const failure = first(event, 'what') ?? errorText(event) ?? first(event, 'senseKey', 'reason', 'check', 'message');
  const words = [first(event, 'fs', 'level'), first(event, 'operation', 'command'), failure].filter((part) => part !== undefined);
  return {
    label: 'What',
    parts: [
      words.join(' ') || event.title,
      named(event, 'function', 'in'),
      first(event, 'senseKey'),
      taskName(event.task?.comm, event.task?.pid),
    ],
  };
};

/** Which program, and how it ended. */
export const program: FactOf = ({ event }) => ({
  label: 'Program',
  parts: [
    taskName(event.task?.comm, event.task?.pid) ?? event.title,
    first(event, 'signalName') ?? named(event, 'signal'),
    first(event, 'trap', 'what', 'class') ?? event.fault?.cause,
  ],
});

/** Which part of which file. */
export const programObject: FactOf = ({ event }) => {
  const at = first(event, 'objectOffset', 'offset');
  const parts = [
    detail(event, 'object') === undefined ? undefined : `${detail(event, 'object')}${at === undefined ? '' : ` at offset ${at}`}`,
    event.fault?.address && `${event.fault.access ?? 'access'} at ${event.fault.address}`,
    named(event, 'ip'),
    named(event, 'sp'),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : { label: 'In', parts };
};
