import { parseRelease } from '../../decode/kernel-release.ts';
import { classifyRegisters } from '../../decode/register-class.ts';
import { archOfRegisters } from '../../decode/register-names.ts';
import type { NextStep } from '../../event/event.ts';
import { type StepContext, step } from './context.ts';
import { safeAddress } from './safe.ts';

/** What crash tells of an address, by the class that it looks to be of. */
const LOOKS: ReadonlyMap<string, readonly [command: string, why: string]> = new Map(
  Object.entries({
    directmap: ['kmem', 'looks like an object: its slab cache, free or in use'],
    vmalloc: ['kmem', 'looks like vmalloc memory: who allocated it'],
    vmemmap: ['kmem', 'looks like a struct page: what the page is'],
    module: ['sym', 'looks like an address in a module: code or data of which'],
    image: ['sym', "looks like an address in the kernel's image: which symbol"],
  }),
);
/** Registers that are asked about. */
const MOST = 3;

/** An object begins at a multiple of 8; what points into the midst of text or data is no use to kmem. */
const isAligned = (address: string, command: string): boolean => command === 'sym' || /[08]$/.test(address);

/** One step for each register that points somewhere, objects first: what it points to tells more than where. */
export function pointerSteps({ first }: StepContext): (NextStep | undefined)[] {
  const { registers } = first;
  const arch = registers && archOfRegisters(registers);
  if (!registers || arch === undefined) return [];
  const found = [...classifyRegisters(registers, { arch, release: parseRelease(first.kernel?.release) })].flatMap(([name, { text }]) => {
    const look = LOOKS.get(text);
    const address = safeAddress(registers[name]);
    return look === undefined || address === undefined || !isAligned(address, look[0]) ? [] : [{ name, address, look }];
  });
  return found
    .sort((a, b) => Number(a.look[0] === 'sym') - Number(b.look[0] === 'sym'))
    .slice(0, MOST)
    .map(({ name, address, look: [command, why] }) => step('crash', `${command} ${address}`, `${name} ${why}`));
}
