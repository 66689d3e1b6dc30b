import type { OrcVersion } from './entry.ts';

/** The hash of the format that the kernel carries since 6.4 (and 6.3's last stable), by its first bytes. */
const HEADERS: readonly (readonly [start: string, version: OrcVersion])[] = [
  ['db84ae', 2], // 6.3
  ['fe5d32', 3], // 6.4 to 7.0
  ['137c36', 4], // since 7.1
];

/**
 * Which bits an entry has. The header decides; a kernel without one (built before, or by a linker that dropped it) is told by its release.
 * @param header the 20 bytes at `orc_header` or `__start_orc_header`
 */
export function orcVersion(header: Buffer | undefined, release: string): OrcVersion {
  const hash = header?.toString('hex');
  const stated = hash === undefined ? undefined : HEADERS.find(([start]) => hash.startsWith(start));
  if (stated) return stated[1];
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(release) ?? [];
  const at = Number(major) * 1000 + Number(minor);
  if (at >= 7001) return 4;
  if (at >= 6004 || isLateRhel9(release)) return 3;
  return at >= 6003 ? 2 : 1;
}

/** RHEL 9.5 took 6.4's format into 5.14 without its header. */
const isLateRhel9 = (release: string): boolean => Number(/^5\.14\.0-(\d+)\..*el9/.exec(release)?.[1] ?? 0) >= 517;
