import { readlinkSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** As many links as the kernel follows in one path. */
const LINKS = 40;

/**
 * Where a path of an image lies on this machine: links are followed as if the image were `/`, so that none leads out of it.
 * Parts that are not there are kept as they are.
 * @returns undefined when links go round in circles
 */
export function inRoot(root: string, path: string): string | undefined {
  let rest = normalize(join('/', path)).split('/').filter(Boolean);
  let at = '/';
  for (let links = 0; rest.length > 0; ) {
    const next = join(at, rest[0] ?? '');
    rest = rest.slice(1);
    const target = linkTarget(join(root, next));
    if (target === undefined) at = next;
    else {
      if (++links > LINKS) return undefined;
      const whole = normalize(join('/', target.startsWith('/') ? target : join(dirname(next), target)));
      rest = [...whole.split('/').filter(Boolean), ...rest];
      at = '/';
    }
  }
  return join(root, at);
}

function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
