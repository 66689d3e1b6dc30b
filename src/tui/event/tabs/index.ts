import type { Event } from '../../../event/event.ts';
import { oomTabs } from '../../oom/index.ts';
import type { EventContext, Tab, TabRows } from '../tab.ts';
import { codeTab } from './code.ts';
import { detailsTab } from './details.ts';
import { locksTab } from './locks.ts';
import { modulesTab } from './modules.ts';
import { rawTab } from './raw.ts';
import { registersTab } from './registers.ts';
import { relatedTab } from './related.ts';
import { traceTab } from './trace.ts';

const FAULT: readonly Tab[] = [traceTab, registersTab, codeTab, modulesTab, locksTab, detailsTab, relatedTab, rawTab];
const OOM: readonly Tab[] = [...oomTabs, traceTab, relatedTab, rawTab];

/** A tab that the event has something for. */
export interface ShownTab {
  readonly tab: Tab;
  readonly rows: TabRows;
}

/** The tabs of an event, in the order of their numbers. */
const tabsOf = ({ event }: { event: Event }): readonly Tab[] => (event.oom === undefined ? FAULT : OOM);

export function shownTabs(context: EventContext): ShownTab[] {
  const { view, source, event, place, width } = context;
  // a key is followed by several looks at the same rows: they are made once
  const key = [source.version, width, view.size.rows, view.time, view.query, place.left, place.sort, place.unreliable].join(' ');
  return view.memo.of(event, 'tabs', key, () =>
    tabsOf(context).flatMap((tab) => {
      const rows = tab.rows(context);
      return rows === undefined ? [] : [{ tab, rows }];
    }),
  );
}
