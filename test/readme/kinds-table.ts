import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event } from '../../src/event/event.ts';
import { isCrashKind, KINDS, type Kind } from '../../src/event/kinds.ts';

const FOLDERS = ['test/golden/events', 'test/golden/oom'];

interface Proof {
  readonly file: string;
  /** `6.1`: of the event's kernel, or of the file's name where the report states none. */
  readonly release: string | undefined;
}

/** README's table of kinds: every kind in the code's list, the kernels that golden logs prove it on, and the one to look at first. */
export function kindsTable(): string {
  const proofs = proofsByKind();
  const rows = KINDS.map((kind) => {
    const found = proofs.get(kind) ?? [];
    const releases = [...new Set(found.flatMap((p) => p.release ?? []))].sort(byVersion);
    const [first] = found;
    const link = first === undefined ? '–' : `[${first.file.replace(/^.*\//, '').replace('.json', '')}](../../${first.file})`;
    const more = new Set(found.map((p) => p.file)).size - 1;
    return `| \`${kind}\` | ${isCrashKind(kind) ? 'yes' : ''} | ${releases.join(' ') || '–'} | ${link}${more > 0 ? ` and ${more} more` : ''} |`;
  });
  return ['| kind | crash | golden logs of kernels | proof |', '|---|---|---|---|', ...rows].join('\n');
}

function proofsByKind(): Map<Kind, Proof[]> {
  const proofs = new Map<Kind, Proof[]>();
  for (const folder of FOLDERS) {
    for (const name of readdirSync(folder)
      .filter((f) => f.endsWith('.json'))
      .sort()) {
      const file = join(folder, name);
      for (const event of JSON.parse(readFileSync(file, 'utf8')) as Event[]) {
        const release = /\d+\.\d+/.exec(event.kernel?.release ?? '')?.[0] ?? /-(\d+\.\d+(?:\.\d+)?)/.exec(name)?.[1];
        proofs.set(event.kind, [...(proofs.get(event.kind) ?? []), { file, release }]);
      }
    }
  }
  return proofs;
}

const byVersion = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
