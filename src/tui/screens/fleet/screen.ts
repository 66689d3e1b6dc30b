import type { FleetPlace } from '../../state/place.ts';
import type { Screen } from '../screen.ts';

export const fleetScreen: Screen<FleetPlace> = {
  list: () => ({ count: 0, cursor: 0, height: 1 }),
  moved: (_view, place) => place,
  head: () => [],
  body: () => [],
  position: () => '',
  act: () => undefined,
  search: (_view, place) => ({ key: 'fleet', count: () => 0, test: () => () => false, at: 0, goTo: () => place }),
  yank: () => undefined,
};
