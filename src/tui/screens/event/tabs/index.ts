import type { Event } from '../../../../event/event.ts';
import type { EventContext, Tab, TabRows } from '../tab.ts';
import { rawTab } from './raw.ts';
import { relatedTab } from './related.ts';

const FAULT: readonly Tab[] = [relatedTab, rawTab];
const OOM: readonly Tab[] = [relatedTab, rawTab];

/** A tab that the event has something for. */
export interface ShownTab {
  readonly tab: Tab;
  readonly rows: TabRows;
}

/** The tabs of an event, in the order of their numbers. */
export const tabsOf = ({ event }: { event: Event }): readonly Tab[] => (event.oom === undefined ? FAULT : OOM);

export function shownTabs(context: EventContext): ShownTab[] {
  return tabsOf(context).flatMap((tab) => {
    const rows = tab.rows(context);
    return rows === undefined ? [] : [{ tab, rows }];
  });
}
