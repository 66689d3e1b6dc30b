import type { Host } from '../../src/doctor/host.ts';

/** Files of a machine by their paths. */
export type FakeFiles = Readonly<Record<string, string>>;

/** A machine that has these files and no others. */
export function fakeHost(
  files: FakeFiles,
  {
    live,
    free,
    device,
    versions = {},
  }: { readonly live: boolean; readonly free?: number; readonly device?: string | undefined; readonly versions?: FakeFiles },
): Host {
  const below = (path: string): string[] =>
    Object.keys(files)
      .filter((file) => file.startsWith(`${path}/`))
      .map((file) => file.slice(path.length + 1).split('/')[0] ?? '');
  return {
    live,
    text: (path) => files[path],
    bytes: (path) => (files[path] === undefined ? undefined : Buffer.from(files[path])),
    list: (path) => [...new Set(below(path))].sort(),
    exists: (path) => files[path] !== undefined || below(path).length > 0,
    denied: () => false,
    space: () => (free === undefined ? undefined : { freeBytes: free, totalBytes: 2 * free, device }),
    version: (program) => versions[program],
  };
}
