import { eventScreen } from '../event/screen.ts';
import { fleetScreen } from '../fleet/screen.ts';
import { logScreen } from '../log/screen.ts';
import { machineScreen } from '../machine/screen.ts';
import type { Place } from '../state/place.ts';
import { timelineScreen } from '../timeline/screen.ts';
import type { Screen } from './screen.ts';

const SCREENS = { fleet: fleetScreen, timeline: timelineScreen, event: eventScreen, log: logScreen, machine: machineScreen };

/** The screen of a place. */
export const screenOf = (place: Place): Screen<Place> => SCREENS[place.screen] as unknown as Screen<Place>;
