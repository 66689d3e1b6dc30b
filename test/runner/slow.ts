/** What `npm test -- --fast` leaves out: beginnings of paths below test. Together they are more than half of the whole suite's time. */
export const SLOW = [
  'builder/peers',
  'dump/open/containers',
  'e2e/',
  'event/oom/damage',
  'fleet/pool/',
  'fleet/store/',
  'library/',
  'memory/',
  'property/',
  'report/assemble/property',
  'text/properties',
  'tui/oom/',
] as const;
