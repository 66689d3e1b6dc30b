import type { Event, NextStep } from '../../event/event.ts';
import type { Surroundings } from '../correlate.ts';
import type { Group } from '../group.ts';

export function nextSteps(_each: Group, _terminal: Event, _around: Surroundings): NextStep[] {
  return [];
}
