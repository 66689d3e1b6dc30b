import type { Tab } from '../event/tab.ts';
import { cgroupsTab } from './cgroups.ts';
import { memoryTab } from './memory.ts';
import { tasksTab } from './tasks.ts';
import { zonesTab } from './zones.ts';

/** What the OOM killer and failed allocations add to an event's tabs. */
export const oomTabs: readonly Tab[] = [memoryTab, tasksTab, cgroupsTab, zonesTab];
