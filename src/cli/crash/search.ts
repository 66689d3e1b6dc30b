import { searchWords } from '../../machine/raw/search.ts';
import { locate } from '../../machine/raw/sym.ts';
import { printable } from '../../output/text/printable.ts';
import { UsageError } from '../exit.ts';
import { partArguments } from '../inspect/arguments.ts';
import type { CrashCommand, CrashSession } from './session.ts';

const MAX_FINDINGS = 10_000;

export const SEARCH: CrashCommand = {
  name: 'search',
  usage: 'search [-k|-p] [-m MASK] VALUE|SYMBOL…',
  about: 'words of the whole dump that equal a value, all of which is read; -m bits that may differ, -p physical addresses',
  run({ inspection }, args) {
    const given = partArguments('search', args, ['-k', '-p', '-m=']);
    const mask = given.value('-m');
    if (given.rest.length === 0) throw new UsageError('search takes a value');
    const { kernel } = inspection;
    const toVirtual = given.has('-p') ? undefined : directMap(inspection);
    return given.rest
      .map((text) => {
        const { findings, pages, absent, isCut } = searchWords(
          kernel,
          wantedValue(kernel, text),
          mask === undefined ? 0n : numberOf(mask),
          MAX_FINDINGS,
        );
        const lines = findings.map(({ physical, value }) => {
          const virtual = toVirtual?.(physical);
          return `${virtual === undefined ? `${physical.toString(16)} (physical)` : virtual.toString(16)}: ${value.toString(16)}\n`;
        });
        const cut = isCut ? `; it ends at ${findings.length} findings or 1 TiB` : '';
        return `${lines.join('')}[${findings.length} found in ${pages} pages; ${absent} pages of memory are not in the dump${cut}]\n`;
      })
      .join('');
  },
};

type Kernel = CrashSession['inspection']['kernel'];

function numberOf(text: string): bigint {
  if (!/^(?:0x)?[0-9a-f]{1,16}$/i.test(text)) throw new UsageError(`${printable(text)} is not a number`);
  return BigInt(`0x${text.replace(/^0x/i, '')}`);
}

/** As crash reads it: a number in hex, else a symbol. */
function wantedValue(kernel: Kernel, text: string): bigint {
  if (/^(?:0x)?[0-9a-f]{1,16}$/i.test(text)) return numberOf(text);
  const at = locate(kernel, text);
  if (at === undefined) throw new UsageError(`there is no symbol ${printable(text)} in this kernel`);
  return at;
}

/** Addresses in the map of all memory, at a fixed distance from the physical ones: that of any task_struct that was allocated. */
function directMap({ kernel, tasks }: CrashSession['inspection']): ((physical: number) => bigint | undefined) | undefined {
  const { memory } = kernel.kernel;
  const some = tasks.all.find(({ pid, address }) => pid !== 0 && memory.toPhysical(address) !== undefined);
  const at = some && memory.toPhysical(some.address);
  if (some === undefined || at === undefined) return undefined;
  const distance = some.address - BigInt(at);
  return (physical) => {
    const virtual = BigInt(physical) + distance;
    return memory.toPhysical(virtual) === physical ? virtual : undefined;
  };
}
