import type { KernelContext } from '../../kernel/context.ts';
import { list } from '../../kernel/list.ts';
import type { Struct } from '../../kernel/struct.ts';
import { hex, type Known, row } from '../row.ts';

/** A row of `net`: a network device. */
export interface NetRow {
  readonly device: string;
  readonly name: string;
  /** IPv4. */
  readonly addresses: readonly string[];
}

/** An interface has a few addresses; a list that is longer loops. */
const MAX_ADDRESSES = 4096;

/** Devices of all network namespaces, the first one's first. */
export function netRows(kernel: KernelContext): Known<NetRow>[] {
  const head = kernel.symbols.address('net_namespace_list');
  const namespaces = [...list(kernel, head, { what: 'the list of network namespaces', type: 'net', member: 'list' })];
  return namespaces.flatMap((net) =>
    [...list(kernel, net.at('dev_base_head'), { what: 'the list of network devices', type: 'net_device', member: 'dev_list' })].map(
      (device) => row<NetRow>({ device: hex(device.address), name: device.text('name'), addresses: addressesOf(kernel, device) }),
    ),
  );
}

function addressesOf(kernel: KernelContext, device: Struct): string[] | undefined {
  const addresses: string[] = [];
  const pointer = device.ptr('ip_ptr');
  if (pointer === undefined) return undefined;
  let entry = device.follow('ip_ptr', 'in_device')?.follow('ifa_list', 'in_ifaddr');
  for (; entry && addresses.length < MAX_ADDRESSES; entry = entry.follow('ifa_next', 'in_ifaddr')) {
    const at = entry.at('ifa_local');
    const bytes = at === undefined ? undefined : kernel.memory.bytes(at, 4); // in network order
    if (!bytes) return undefined;
    addresses.push([...bytes].join('.'));
  }
  return addresses;
}
