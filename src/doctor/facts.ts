import type { Host } from './host.ts';
import { assignments } from './text.ts';

/** `uname -r`: of the kernel that runs, else of the newest that is installed in an image. */
export function release(host: Host): string | undefined {
  const running = host.live ? host.text('/proc/sys/kernel/osrelease')?.trim() : undefined;
  return running ?? [...host.list('/lib/modules')].sort((a, b) => compareVersions(a, b)).at(-1);
}

/** Bytes of memory that the kernel manages; undefined for an image. */
export function memory(host: Host): number | undefined {
  const kb = host.live ? /^MemTotal:\s*(\d+) kB/m.exec(host.text('/proc/meminfo') ?? '')?.[1] : undefined;
  return kb === undefined ? undefined : Number(kb) * 1024;
}

/** `debian`, `rhel` or `suse`, by os-release; undefined for others. */
export function family(host: Host): 'debian' | 'rhel' | 'suse' | undefined {
  const values = new Map(assignments(host.text('/etc/os-release') ?? host.text('/usr/lib/os-release') ?? ''));
  const ids = `${values.get('ID') ?? ''} ${values.get('ID_LIKE') ?? ''}`;
  if (/\b(debian|ubuntu)\b/.test(ids)) return 'debian';
  if (/\b(rhel|fedora|centos)\b/.test(ids)) return 'rhel';
  return /\bsuse\b|\bsles\b|\bopensuse/.test(ids) ? 'suse' : undefined;
}

/** `x86_64`, `aarch64`…: by the kernel that runs, else by the dynamic loader that an image holds. */
export function machine(host: Host): string | undefined {
  const loaders: Readonly<Record<string, string>> = {
    '/lib64/ld-linux-x86-64.so.2': 'x86_64',
    '/lib/ld-linux-aarch64.so.1': 'aarch64',
    '/lib64/ld64.so.2': 'ppc64le',
    '/lib/ld64.so.1': 's390x',
    '/lib/ld-linux-riscv64-lp64d.so.1': 'riscv64',
  };
  return Object.entries(loaders).find(([path]) => host.exists(path))?.[1];
}

/** A systemd unit is started at boot: a link to it in some target's wants. */
export const enabled = (host: Host, unit: string): boolean =>
  host
    .list('/etc/systemd/system')
    .filter((name) => /\.(wants|requires)$/.test(name))
    .some((name) => host.list(`/etc/systemd/system/${name}`).includes(unit)) ||
  ['sysinit.target.wants', 'multi-user.target.wants'].some((name) => host.list(`/usr/lib/systemd/system/${name}`).includes(unit));

/** Numbers in their order, the rest by its letters: 6.9 before 6.10. */
export const compareVersions = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** The version of an installed Debian package, as dpkg wrote it down. */
export const debianVersion = (host: Host, name: string): string | undefined =>
  /^Version: (\S+)/m.exec(
    (host.text('/var/lib/dpkg/status') ?? '').split(/\n\n/).find((block) => block.startsWith(`Package: ${name}\n`)) ?? '',
  )?.[1];
