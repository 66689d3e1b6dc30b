import type { Host } from './host.ts';
import { assignments, settings } from './text.ts';

/** Where dumps are written to. */
export type Target =
  | { readonly kind: 'directory'; readonly path: string; readonly file: string }
  | { readonly kind: 'device'; readonly where: string; readonly file: string }
  | { readonly kind: 'network'; readonly where: string; readonly file: string };

/** Where this machine saves its dumps, as Debian's kdump-tools, RHEL's kdump.conf and SUSE's sysconfig say it. */
export function dumpTarget(host: Host): Target {
  const [rhel, debian, suse] = ['/etc/kdump.conf', '/etc/default/kdump-tools', '/etc/sysconfig/kdump'];
  const conf = host.text(rhel);
  if (conf !== undefined) return ofKdumpConf(settings(conf), rhel);
  const tools = host.text(debian);
  if (tools !== undefined) {
    const set = new Map(assignments(tools));
    const remote = ['SSH', 'NFS', 'FTP'].map((name) => set.get(name)).find(Boolean);
    return remote === undefined
      ? { kind: 'directory', path: set.get('KDUMP_COREDIR') || '/var/crash', file: debian }
      : { kind: 'network', where: remote, file: debian };
  }
  const save = new Map(assignments(host.text(suse) ?? '')).get('KDUMP_SAVEDIR');
  if (save === undefined || save === '') return { kind: 'directory', path: '/var/crash', file: host.exists(suse) ? suse : rhel };
  const [, scheme = 'file', rest = save] = /^(\w+):\/\/(.*)$/.exec(save) ?? [];
  return scheme === 'file' ? { kind: 'directory', path: rest, file: suse } : { kind: 'network', where: save, file: suse };
}

function ofKdumpConf(set: ReadonlyMap<string, string>, file: string): Target {
  const network = ['nfs', 'ssh'].find((key) => set.has(key));
  if (network !== undefined) return { kind: 'network', where: `${network} ${set.get(network)}`, file };
  const device = ['raw', 'ext4', 'ext3', 'xfs', 'btrfs', 'virtiofs'].find((key) => set.has(key));
  if (device !== undefined) return { kind: 'device', where: `${device} ${set.get(device)}`, file };
  return { kind: 'directory', path: set.get('path') ?? '/var/crash', file };
}
