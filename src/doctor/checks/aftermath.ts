import { gunzipSync } from 'node:zlib';
import { type Check, type Finding, ok, unknown, warn } from '../check.ts';
import { family, release } from '../facts.ts';
import type { Host } from '../host.ts';
import { sysctl } from '../sysctl.ts';

/** Can a person press the button, and may people read the log? */
export const SYSRQ: Check = {
  id: 'sysrq',
  title: 'SysRq',
  ask: (host) => {
    const { now, persisted } = sysctl(host, 'kernel.sysrq');
    const value = now ?? persisted?.value;
    if (value === undefined) return unknown(host.live ? 'this kernel has no kernel.sysrq' : 'kernel.sysrq is set in no file');
    const from = ['/proc/sys/kernel/sysrq', persisted?.file].filter((file) => file !== undefined);
    // Documentation/admin-guide/sysrq.rst: 8 lets dump tasks and memory, and crash
    if (value === '1' || (Number(value) & 8) !== 0) return ok(`kernel.sysrq is ${value}: Alt-SysRq-c dumps a machine that hangs`, { from });
    return warn(`kernel.sysrq is ${value}: a machine that hangs cannot be made to dump from its keyboard or console`, {
      why: 'root can always write to /proc/sysrq-trigger.',
      type: ['sysctl -w kernel.sysrq=1'],
      persist: { file: '/etc/sysctl.d/90-lastkmsg.conf', line: 'kernel.sysrq = 1' },
      from,
    });
  },
};

export const DMESG: Check = {
  id: 'dmesg',
  title: 'Who may read the log',
  ask: (host) => {
    const { now, persisted } = sysctl(host, 'kernel.dmesg_restrict');
    const value = now ?? persisted?.value;
    if (value === undefined)
      return unknown(host.live ? 'this kernel has no kernel.dmesg_restrict' : 'kernel.dmesg_restrict is set in no file');
    return ok(`kernel.dmesg_restrict is ${value}: ${value === '0' ? 'everyone may read the log' : 'only root may read the log'}`, {
      from: ['/proc/sys/kernel/dmesg_restrict'],
    });
  },
};

/** Is there what reads the dump? */
export const DEBUGINFO: Check = {
  id: 'debuginfo',
  title: 'Reading the dump',
  ask: (host) => [withoutDebuginfo(host), debuginfo(host)].filter((finding) => finding !== undefined),
};

/** `lastkmsg inspect` needs the kernel's own tables. */
function withoutDebuginfo(host: Host): Finding | undefined {
  const file = `/boot/config-${release(host)}`;
  const config = host.text(file) ?? built(host);
  if (config === undefined) return unknown('the configuration of the kernel was not found', { from: [file] });
  const missing = ['KALLSYMS_ALL', 'DEBUG_INFO_BTF'].filter((name) => !config.includes(`\nCONFIG_${name}=y`));
  return missing.length === 0
    ? ok('the kernel carries its symbols and types: lastkmsg inspect needs no debuginfo', { from: [file] })
    : warn(`the kernel was built without CONFIG_${missing.join(' and CONFIG_')}: lastkmsg inspect can tell less`, { from: [file] });
}

/** The configuration that the kernel carries itself (CONFIG_IKCONFIG_PROC). */
function built(host: Host): string | undefined {
  const packed = host.live ? host.bytes('/proc/config.gz') : undefined;
  try {
    return packed && gunzipSync(packed, { maxOutputLength: 1 << 22 }).toString('latin1');
  } catch {
    return undefined;
  }
}

/** What installs a kernel's debuginfo, where the distribution is known. */
function install(host: Host, kernel: string | undefined): string[] {
  if (kernel === undefined) return [];
  switch (family(host)) {
    case 'debian':
      return [`apt-get install linux-image-${kernel}-dbg`];
    case 'rhel':
      return [`dnf debuginfo-install kernel-core-${kernel}`];
    case 'suse':
      return ['zypper install kernel-default-debuginfo'];
    default:
      return [];
  }
}

function debuginfo(host: Host): Finding {
  const kernel = release(host);
  const id = host.live ? buildId(host.bytes('/sys/kernel/notes')) : undefined;
  const places = [
    id && `/usr/lib/debug/.build-id/${id.slice(0, 2)}/${id.slice(2)}.debug`,
    kernel && `/usr/lib/debug/boot/vmlinux-${kernel}`,
    kernel && `/usr/lib/debug/lib/modules/${kernel}/vmlinux`,
    kernel && `/usr/lib/debug/usr/lib/modules/${kernel}/vmlinux`,
  ].filter((place): place is string => !!place);
  const found = places.find((place) => host.exists(place));
  if (found !== undefined) return ok(`debuginfo of ${kernel} is here: ${found}`, { from: [found] });
  return ok(
    `debuginfo of ${kernel ?? 'the kernel'} is not here${id ? ` (build id ${id})` : ''}; crash and drgn want it, lastkmsg does not`,
    {
      type: install(host, kernel),
      from: places,
    },
  );
}

/** The build id out of ELF notes (name GNU, type 3); in hex. */
function buildId(notes: Uint8Array | undefined): string | undefined {
  if (notes === undefined) return undefined;
  const view = new DataView(notes.buffer, notes.byteOffset, notes.byteLength);
  const little = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  const align = (n: number): number => (n + 3) & ~3;
  for (let at = 0; at + 12 <= notes.length; ) {
    const [nameSize, size, type] = [view.getUint32(at, little), view.getUint32(at + 4, little), view.getUint32(at + 8, little)];
    const start = at + 12 + align(nameSize);
    if (start + size > notes.length) return undefined;
    if (type === 3 && nameSize === 4) return Buffer.from(notes.subarray(start, start + size)).toString('hex');
    at = start + align(size);
  }
  return undefined;
}

/** What secure boot and lockdown forbid. */
export const SECURE_BOOT: Check = {
  id: 'secure-boot',
  title: 'Secure boot and lockdown',
  ask: (host) => {
    const variable = '/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c';
    if (!host.live) return unknown('whether secure boot is on shows only when the machine runs');
    // four bytes of attributes, then the value
    const on = host.bytes(variable)?.[4] === 1;
    const lockdown = /\[(\w+)\]/.exec(host.text('/sys/kernel/security/lockdown') ?? '')?.[1];
    const from = [variable, '/sys/kernel/security/lockdown'];
    if (!on && (lockdown === undefined || lockdown === 'none'))
      return host.denied('/sys/kernel/security/lockdown')
        ? unknown('only root may see whether the kernel is locked down', { from })
        : ok('neither secure boot nor lockdown limits kdump', { from });
    return ok(
      `${on ? 'secure boot is on' : 'the kernel is locked down'}${lockdown && lockdown !== 'none' ? ` (lockdown: ${lockdown})` : ''}: the capture kernel must be signed, and be loaded by kexec -s`,
      {
        why: 'A live kernel cannot be read by crash or drgn in lockdown confidentiality; dumps can.',
        from,
      },
    );
  },
};
