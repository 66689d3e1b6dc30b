import { LOWMEM } from '../../../grammars/oom/lowmem-lines.ts';
import type { Oom } from '../event.ts';
import { Said, type Sayable } from '../facts/said.ts';
import { hardwareBuilder } from '../hardware/build.ts';
import { rule } from '../hardware/rule.ts';
import type { Severity } from '../kinds.ts';
import { defined } from './defined.ts';

/** oom_adj of kernels until 3.6 ends at 15, oom_score_adj at 1000. */
const OLD_SCALE = 15;
/** ProcessList.CACHED_APP_MIN_ADJ: apps that nobody looks at, kept only in case they are opened again. */
const CACHED = { old: 9, now: 900 } as const;

const isCached = (adj: number): boolean => adj >= (adj <= OLD_SCALE ? CACHED.old : CACHED.now);

/** Cached apps are killed all the time; what the user sees or needs (0 and below: in front, or the system's) is not. */
const severity = ({ adj = 0 }: { readonly adj?: number }): Severity => (isCached(adj) ? 'info' : adj > 0 ? 'warning' : 'error');

const title = ({ victim, adj = 0 }: { readonly victim?: string; readonly adj?: number }): string =>
  isCached(adj) ? 'Low memory: cached apps killed' : `Low memory: Killed process ${victim ?? '?'}`;

interface Told {
  readonly victim?: string;
  readonly victimPid?: number;
  readonly uid?: number;
  readonly adj?: number;
}

/** Of apps that fold the first is named. */
function victims({ victim, victimPid, uid, adj }: { readonly [K in keyof Told]: Said<NonNullable<Told[K]>> }): { oom?: Sayable<Oom> } {
  if (victim === undefined || victimPid === undefined) return {};
  const made = { pid: victimPid.value, comm: victim.value, ...defined({ uid: uid?.value, oomScoreAdj: adj?.value }) };
  return { oom: { victims: [new Said(made, victimPid.records)] } };
}

/** Android's low memory killer: which app went, for whom, and whether anybody misses it. */
export const buildLowmem = hardwareBuilder('oom-kill', [
  rule([LOWMEM.lowmem_shrink, LOWMEM.lowmem_shrink_frees, LOWMEM.lowmem_shrink_cache, LOWMEM.lowmem_shrink_free], {
    severity,
    title,
    fold: [],
    event: victims,
  }),
  rule([LOWMEM.lowmem_shrink_sends], { severity, title, fold: [], event: victims }),
]);
