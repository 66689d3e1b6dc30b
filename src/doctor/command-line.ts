import type { Host } from './host.ts';
import { assignments, words } from './text.ts';

/** A kernel command line, and where it was read. */
export interface CommandLine {
  readonly parameters: readonly string[];
  readonly file: string;
  /** Of the kernel that runs; else what the boot loader would hand to the next one. */
  readonly running: boolean;
}

const GRUB = '/etc/default/grub';

/** The command line of the kernel that runs, or, of an image, of the one that would be booted. */
export function commandLine(host: Host): CommandLine | undefined {
  const running = host.live ? host.text('/proc/cmdline') : undefined;
  return running === undefined ? nextCommandLine(host) : { parameters: words(running), file: '/proc/cmdline', running: true };
}

/** What the boot loader is told to hand over: Boot Loader Specification entries, systemd's kernel-install, GRUB's defaults. */
function nextCommandLine(host: Host): CommandLine | undefined {
  const entry = host
    .list('/boot/loader/entries')
    .filter((name) => name.endsWith('.conf'))
    .at(-1);
  const sources: (readonly [file: string, options: string | undefined])[] = [
    [`/boot/loader/entries/${entry}`, entry && /^options\s+(.*)$/m.exec(host.text(`/boot/loader/entries/${entry}`) ?? '')?.[1]],
    ['/boot/grub/grub.cfg', firstLinux(host, '/boot/grub/grub.cfg')],
    ['/boot/grub2/grub.cfg', firstLinux(host, '/boot/grub2/grub.cfg')],
    ['/etc/kernel/cmdline', host.text('/etc/kernel/cmdline')],
    [GRUB, grubDefaults(host)],
  ];
  const found = sources.find(([, options]) => options !== undefined);
  return found && { parameters: words(found[1] ?? ''), file: found[0], running: false };
}

/** GRUB's first menu entry; `$kernelopts` of RHEL 8 stands for what the entries say and is no answer. */
const firstLinux = (host: Host, file: string): string | undefined =>
  /^\s*linux(?:16|efi)?\s+\S+\s+((?!.*\$kernelopts).*)$/m.exec(host.text(file) ?? '')?.[1];

function grubDefaults(host: Host): string | undefined {
  const files = [GRUB, ...host.list('/etc/default/grub.d').map((name) => `/etc/default/grub.d/${name}`)];
  const set = new Map<string, string>();
  for (const file of files)
    for (const [name, value] of assignments(host.text(file) ?? ''))
      set.set(
        name,
        value.replace(/\$\{?(\w+)\}?/g, (_, other: string) => set.get(other) ?? ''),
      );
  const parts = [set.get('GRUB_CMDLINE_LINUX'), set.get('GRUB_CMDLINE_LINUX_DEFAULT')].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** The value of the last `name=value`, as the kernel takes it; '' for a bare name. */
export const parameter = (line: CommandLine | undefined, name: string): string | undefined =>
  line?.parameters.findLast((word) => word === name || word.startsWith(`${name}=`))?.slice(name.length + 1);

/** Every value of a parameter that may stand several times. */
export const parameterValues = (line: CommandLine | undefined, name: string): string[] =>
  (line?.parameters ?? []).filter((word) => word.startsWith(`${name}=`)).map((word) => word.slice(name.length + 1));
