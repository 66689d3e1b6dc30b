import type { Event } from '../event.ts';

/** Kills that follow each other in one cgroup (or on the whole machine). */
export interface OomStorm {
  /** The cgroup that hit its limit; undefined: the machine. */
  readonly cgroup?: string;
  readonly events: readonly string[];
  readonly kills: number;
  readonly firstUptime: number;
  readonly lastUptime: number;
  readonly perMinute: number;
  /** Resident kB of the first and of the last victim: does it grow back? */
  readonly firstRssKb: number;
  readonly lastRssKb: number;
  /** Names of the victims and how often each. */
  readonly victims: Readonly<Record<string, number>>;
}

/** Seconds without a kill after which the next one is another story. */
const CALM_SECONDS = 600;

const rssOf = (event: Event): number => {
  const victim = event.oom?.victims?.[0];
  return (victim?.anonRssKb ?? 0) + (victim?.fileRssKb ?? 0) + (victim?.shmemRssKb ?? 0);
};

interface Run {
  readonly cgroup: string | undefined;
  readonly events: Event[];
}

/** Finds runs of at least two kills of one cgroup with no calm between them. Linear in the events, which are in log order. */
export function oomStorms(events: readonly Event[]): OomStorm[] {
  const open = new Map<string, Run>();
  const runs: Run[] = [];
  for (const event of events) {
    const victims = event.oom?.victims?.length ?? 0;
    if (victims === 0 || event.uptime === undefined) continue;
    const cgroup = event.kind === 'memcg-oom' ? (event.oom?.cgroup?.oomMemcg ?? event.oom?.cgroup?.taskMemcg ?? '') : undefined;
    const key = `${event.source} ${event.boot} ${cgroup ?? 'system'}`;
    const run = open.get(key);
    const last = run?.events.at(-1)?.uptime;
    if (run !== undefined && last !== undefined && event.uptime - last <= CALM_SECONDS) run.events.push(event);
    else {
      const begun: Run = { cgroup, events: [event] };
      open.set(key, begun);
      runs.push(begun);
    }
  }
  return runs.filter((run) => run.events.length > 1).map(stormOf);
}

function stormOf({ cgroup, events }: Run): OomStorm {
  const first = events[0] as Event;
  const last = events.at(-1) as Event;
  const firstUptime = first.uptime ?? 0;
  const lastUptime = last.uptime ?? firstUptime;
  const victims = new Map<string, number>();
  let kills = 0;
  for (const event of events) {
    for (const victim of event.oom?.victims ?? []) {
      kills++;
      victims.set(victim.comm, (victims.get(victim.comm) ?? 0) + 1);
    }
  }
  const minutes = Math.max(lastUptime - firstUptime, 1) / 60;
  return {
    ...(cgroup === undefined || cgroup === '' ? {} : { cgroup }),
    events: events.map((event) => event.id),
    kills,
    firstUptime,
    lastUptime,
    perMinute: Math.round((10 * kills) / minutes) / 10,
    firstRssKb: rssOf(first),
    lastRssKb: rssOf(last),
    victims: Object.fromEntries(victims),
  };
}
