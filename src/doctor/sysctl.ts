import type { Host } from './host.ts';

/** A setting of /proc/sys: what it is now, and what a file says it will be after the next boot. */
export interface Sysctl {
  readonly now?: string | undefined;
  readonly persisted?: { readonly value: string; readonly file: string } | undefined;
}

/** Directories of sysctl.d(5), the strongest first: a file hides those of the same name below it. */
const DIRECTORIES = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d'];

/** Files in the order in which systemd-sysctl reads them: by name, over all directories; the last that says a key wins. */
function sysctlFiles(host: Host): string[] {
  const found = new Map<string, string>();
  for (const directory of DIRECTORIES)
    for (const name of host.list(directory)) if (name.endsWith('.conf') && !found.has(name)) found.set(name, `${directory}/${name}`);
  const files = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
  // Debian links it as 99-sysctl.conf; procps reads it last all the same
  return files.some((file) => file.endsWith('/99-sysctl.conf')) ? files : [...files, '/etc/sysctl.conf'];
}

/** @param key as `kernel.panic_on_oops` */
export function sysctl(host: Host, key: string): Sysctl {
  const now = host.live ? host.text(`/proc/sys/${key.replaceAll('.', '/')}`)?.trim() : undefined;
  const pattern = new RegExp(`^[ \\t]*-?${key.replaceAll('.', '[./]')}[ \\t]*=[ \\t]*(.*?)[ \\t]*$`, 'gm');
  let persisted: Sysctl['persisted'];
  for (const file of sysctlFiles(host)) {
    const value = [...(host.text(file) ?? '').matchAll(pattern)].at(-1)?.[1];
    if (value !== undefined) persisted = { value, file };
  }
  return { now, persisted };
}
