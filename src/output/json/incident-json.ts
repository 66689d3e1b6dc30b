import type { IncidentReport } from '../../event/event.ts';
import type { InputInfo } from '../../read/info.ts';
import { toPrettyJson } from './event-json.ts';

/** What `lastkmsg incidents` says of one input, keys in the contract's order. */
export function incidentReport(
  input: { readonly name: string },
  info: InputInfo,
  found: Pick<IncidentReport, 'incidents' | 'unexplained' | 'machine'>,
): IncidentReport {
  return {
    schemaVersion: 1,
    source: input.name,
    dump: { ...info },
    ...(found.machine && { machine: found.machine }),
    incidents: found.incidents,
    unexplained: found.unexplained,
  };
}

/** One report as indented JSON without its newline; nothing a terminal obeys is in it. */
export const incidentReportToJson = (report: IncidentReport): string => toPrettyJson(report);
