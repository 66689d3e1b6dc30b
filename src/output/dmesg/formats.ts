import type { LogFormat } from './format.ts';
import { kmsgFormat } from './kmsg.ts';
import { crashFormat, type LogFacts, makedumpfileFormat, vmcoreDmesgFormat } from './peers.ts';

/** Outputs of the peers, byte for byte. */
export const PEER_FORMATS = ['vmcore-dmesg', 'makedumpfile', 'crash', 'crash-m', 'crash-t', 'crash-d', 'crash-c', 'kmsg'] as const;
export type PeerFormat = (typeof PEER_FORMATS)[number];

/** The output of a peer, by its name in `--format`. */
export function peerFormat(name: PeerFormat, facts: LogFacts, caller: boolean): LogFormat {
  switch (name) {
    case 'vmcore-dmesg':
      return vmcoreDmesgFormat(facts);
    case 'makedumpfile':
      return makedumpfileFormat();
    case 'crash':
      return crashFormat({}, facts);
    case 'crash-m':
      return crashFormat({ level: true }, facts);
    case 'crash-t':
      return crashFormat({ noTime: true }, facts);
    case 'crash-d':
      return crashFormat({ dict: true }, facts);
    case 'crash-c':
      return crashFormat({ caller: true }, facts);
    case 'kmsg':
      return kmsgFormat(caller);
  }
}
