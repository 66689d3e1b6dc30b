import type { Fleet } from '../../fleet/fleet.ts';
import { toPrettyJson } from '../json/event-json.ts';

/** The grouped fleet as indented JSON without its newline: what `incidents --format fleet-json` prints. */
export const fleetToJson = (fleet: Fleet): string => toPrettyJson({ schemaVersion: 1, ...fleet });
