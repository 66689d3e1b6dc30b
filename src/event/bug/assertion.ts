import { MODULE_ASSERTIONS as ASSERT } from '../../../grammars/bug/module-lines.ts';
import { baseDraft } from '../facts/base.ts';
import type { Draft } from '../facts/draft.ts';
import { type Facts, said } from '../facts/facts.ts';
import { present } from '../facts/said.ts';

/** A failed assertion of ZFS or Lustre, which names its function; undefined where the report holds none. */
export function buildAssertion(facts: Facts): Draft | undefined {
  const [zfs, verify] = [said(facts, ASSERT.spl_panic), said(facts, ASSERT.spl_verify)];
  const place = zfs ?? said(facts, ASSERT.lbug_with_loc);
  const message = (verify ?? said(facts, ASSERT.libcfs_assert))?.message;
  if (place === undefined && message === undefined) return undefined;
  const what = zfs !== undefined || verify !== undefined ? 'ZFS assertion failed' : 'LBUG';
  const named = facts.heads.find(
    ({ row, frame }) => frame !== undefined && (row === ASSERT.spl_panic || row === ASSERT.lbug_with_loc),
  )?.frame;
  const frames = facts.stacks.flatMap((stack) => stack.frames);
  // above it in the stack stand the functions that print
  const at = named === undefined ? -1 : frames.findIndex(({ symbol }) => symbol === named.symbol);
  const blamed = named === undefined ? undefined : at < 0 ? [named] : frames.slice(at);
  const made = baseDraft(facts, {
    kind: 'kernel-bug',
    severity: 'error',
    naming: { title: `${what} in {f}`, bare: what, frames: blamed },
    extra: { details: present({ message, file: place?.file, line: place?.line }) },
  });
  // the thread sleeps for ever and the machine goes on, unless a panic line follows
  return { ...made, severity: 'error' };
}
