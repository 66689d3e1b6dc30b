import { existsSync, readFileSync } from 'node:fs';
import { type Disassembler, loadDisassembler } from '../../decode/code/disassembler.ts';

let loading: Promise<Disassembler> | undefined;

/** The disassembler, loaded once. The build lays capstone.wasm beside the bundle; from source the library finds its own. */
export function disassembler(): Promise<Disassembler> {
  loading ??= (() => {
    const wasm = new URL('./capstone.wasm', import.meta.url);
    return loadDisassembler(existsSync(wasm) ? readFileSync(wasm) : undefined);
  })();
  return loading;
}
