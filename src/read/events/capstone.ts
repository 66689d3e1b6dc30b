import { type Disassembler, loadDisassembler } from '../../decode/code/disassembler.ts';
import { beside } from '../beside.ts';

let loading: Promise<Disassembler> | undefined;

/** The disassembler, loaded once. The build lays capstone.wasm beside the bundle; from source the library finds its own. */
export function disassembler(): Promise<Disassembler> {
  loading ??= loadDisassembler(beside('capstone.wasm'));
  return loading;
}
