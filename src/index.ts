/**
 * lastkmsg for programs: opens a kernel crash dump or a kernel log, and gives its records, its events and its incidents.
 *
 * What is exported here, and `lastkmsg/schema.json`, is the whole of what other packages may rely on.
 */

export { InputError } from './dump/source.ts';
export type { Event, Frame, Incident, IncidentReport, Kind, MachineFacts, Oom, Severity, Stack } from './event/event.ts';
export type { InputInfo } from './read/info.ts';
export type { InputForm } from './read/inputs/form.ts';
export { type KernelLog, type LogIncidents, openLog } from './read/log.ts';
export type { LogRecord } from './read/log-record.ts';
export type { LogOptions, LogSource } from './read/log-source.ts';
