import { type Check, fail, ok, unknown, warn } from '../check.ts';
import { compareVersions, debianVersion, family, release } from '../facts.ts';
import type { Host } from '../host.ts';

const HOLES = 'The dump is made, but with holes: tasks and stacks are missing from it, though the log is there.';
const LARGE = 'The dump is made, but it is as large as memory, and takes as long.';

/**
 * Kernels whose pages an older makedumpfile takes for what they are not: since the release, up to the makedumpfile.
 * Sources: makedumpfile f50c015 (compound_info in 7.1), its issue 16 (one page type a page in 6.12), 985e575 (slabs a page type in 6.10).
 */
const TOO_OLD: readonly { readonly since: string; readonly below: string; readonly what: string; readonly why: string }[] = [
  {
    since: '7.1',
    below: '1.7.10',
    what: 'leaves out the second page of every slab of several pages (mended after 1.7.9 by f50c015)',
    why: HOLES,
  },
  { since: '6.10', below: '1.7.6', what: 'leaves out slab pages that are in use (mended in 1.7.6)', why: HOLES },
  { since: '6.12', below: '1.7.7', what: 'cannot tell free pages from used ones (mended in 1.7.7)', why: LARGE },
];

/** Is makedumpfile there, and does it know this kernel's pages? */
export const MAKEDUMPFILE: Check = {
  id: 'makedumpfile',
  title: 'makedumpfile',
  ask: (host) => {
    const found = versionOf(host);
    const from = ['/usr/bin/makedumpfile'];
    if (found === undefined && !installed(host))
      return fail('makedumpfile is not installed', {
        why: 'Dumps are then copied whole, or not at all.',
        type: [
          family(host) === 'debian'
            ? 'apt-get install makedumpfile'
            : family(host) === 'suse'
              ? 'zypper install makedumpfile'
              : 'dnf install makedumpfile',
        ],
        from,
      });
    if (found === undefined) return unknown('makedumpfile is installed; its version could not be found out', { from });
    const kernel = release(host);
    if (kernel === undefined) return unknown(`makedumpfile ${found}; no kernel was found to compare it with`, { from });
    const old = TOO_OLD.find(({ since, below }) => compareVersions(kernel, since) >= 0 && compareVersions(found, below) < 0);
    return old === undefined
      ? ok(`makedumpfile ${found} knows kernel ${kernel}`, { from })
      : warn(`makedumpfile ${found} on kernel ${kernel} ${old.what}`, { why: old.why, from });
  },
};

const installed = (host: Host): boolean =>
  ['/usr/bin/makedumpfile', '/usr/sbin/makedumpfile', '/sbin/makedumpfile'].some((path) => host.exists(path));

const versionOf = (host: Host): string | undefined =>
  /version (\d[\d.]*)/.exec(host.version('makedumpfile', '-v') ?? '')?.[1] ??
  debianVersion(host, 'makedumpfile')?.replace(/^\d+:|-.*$/g, '');
