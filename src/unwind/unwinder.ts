import type { Machine } from '../dump/dump.ts';
import type { KnownMemory } from '../memory/known.ts';
import type { Symbols } from '../symbols/symbols.ts';
import type { Types } from '../types/types.ts';
import { type Code, codeOf } from './code.ts';
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

/** An opened kernel, as walking its stacks takes it. */
export interface Unwinder extends UnwindKernel {
  readonly code: Code;
  /** Undefined where stacks can only be scanned (arm: its unwind tables are not found by name). */
  readonly step: Step | undefined;
}

export function unwinderOf(kernel: UnwindKernel): Unwinder {
  const { memory, symbols, machine } = kernel;
  return { ...kernel, code: codeOf({ memory, symbols, isX86: machine === 'x86_64' || machine === 'i386' }), step: stepOf(kernel) };
}

function stepOf(kernel: UnwindKernel): Step | undefined {
  const { machine, memory, symbols } = kernel;
  const named = (pattern: RegExp) => (ip: bigint) => pattern.test(symbols.at(ip - 1n)?.name ?? '');
  const isText = (ip: bigint): boolean => symbols.isText(ip);
  switch (machine) {
    case 'x86_64': {
      const rules = orcRules(kernel);
      return rules && orcStep(rules);
    }
    case 'arm64':
      return arm64Step(memory, named(/^el1(?:[th]_64)?_(?:sync|irq|fiq|error)$/), kernel.pacMask ?? 0n);
    case 'riscv64':
      return riscv64Step(memory, {
        isText,
        isEntry: named(/^(?:handle_exception|ret_from_exception|restore_all)/),
        isSwitch: named(/^call_on_irq_stack/),
      });
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
