import type { Machine } from '../dump/dump.ts';
import type { KnownMemory } from '../memory/known.ts';
import type { Symbols } from '../symbols/symbols.ts';
import type { Types } from '../types/types.ts';
import { arm64Step } from './frames/arm64.ts';
import { i386Step } from './frames/i386.ts';
import { ppc64Step } from './frames/ppc64.ts';
import { riscv64Step } from './frames/riscv64.ts';
import { s390Frame, s390xStep } from './frames/s390x.ts';
import { orcRules } from './orc/rules.ts';
import { orcStep } from './orc/step.ts';
import type { Step } from './walk.ts';

/** A dumped kernel, as far as walking its stacks needs it. */
export interface UnwindKernel {
  readonly machine: Machine;
  readonly memory: KnownMemory;
  readonly symbols: Symbols;
  /** Absent where the kernel carries no BTF. */
  readonly types?: Types | undefined;
  readonly release: string;
  /** arm64: NUMBER(KERNELPACMASK) of VMCOREINFO. */
  readonly pacMask?: bigint | undefined;
}

/** How stacks of this machine are walked; undefined where they can only be scanned (arm: its unwind tables are not found by name). */
export function stepOf(kernel: UnwindKernel): Step | undefined {
  const { machine, memory, symbols } = kernel;
  const named = (pattern: RegExp) => (ip: bigint) => pattern.test(symbols.at(ip - 1n)?.name ?? '');
  const isText = (ip: bigint): boolean => symbols.isText(ip);
  switch (machine) {
    case 'x86_64': {
      const rules = orcRules(kernel);
      return rules && orcStep(rules);
    }
    case 'arm64':
      return arm64Step(memory, named(/^el1[th]?_/), kernel.pacMask ?? 0n);
    case 'riscv64':
      return riscv64Step(memory, { isText, isEntry: named(/^(?:handle_exception|ret_from_exception|restore_all)/) });
    case 's390x':
      return s390xStep(memory, s390Frame(kernel.types));
    case 'ppc64':
      return ppc64Step(memory);
    case 'i386':
      return i386Step(memory, isText);
    default:
      return undefined;
  }
}
