import type { Event } from '../../event/event.ts';
import type { Cite } from './words.ts';

/** `the workers of CPU 3` */
export function pools({ details }: Event, cite: Cite): string {
  const cpus = Array.isArray(details?.cpus) ? details.cpus : [];
  if (cpus.length === 0 || cpus.length > 4) return 'a workqueue';
  cite('details.cpus');
  return `the workers of ${cpus.length === 1 ? 'CPU' : 'CPUs'} ${cpus.join(', ')}`;
}

/** `, busy with drm_fb_helper_damage_work`: the one work that runs there, where the report shows just one. */
export function inFlight({ details }: Event, cite: Cite): string {
  const works = Array.isArray(details?.works) ? details.works : [];
  const running = new Set<string>();
  for (const work of works)
    if (typeof work === 'object' && !Array.isArray(work) && work.state === 'in-flight' && typeof work.work === 'string')
      running.add(work.work);
  const [only, ...others] = running;
  if (only === undefined || others.length > 0) return '';
  cite('details.works');
  return `, busy with ${only}`;
}
