import { type Check, fail, ok, unknown, warn } from '../check.ts';
import { commandLine, parameter, parameterValues } from '../command-line.ts';
import { family, machine, memory } from '../facts.ts';
import type { Host } from '../host.ts';
import { recommended, reservation } from '../reservation.ts';
import { size } from '../text.ts';

const RESERVED = '/sys/kernel/kexec_crash_size';

/** Is memory set aside for the kernel that saves the dump, and enough of it? */
export const CRASHKERNEL: Check = {
  id: 'crashkernel',
  title: 'Memory for the capture kernel',
  ask: (host) => {
    const line = commandLine(host);
    const values = parameterValues(line, 'crashkernel');
    const from = [line?.file, host.live ? RESERVED : undefined].filter((file) => file !== undefined);
    if (line === undefined) return unknown('no kernel command line was found', { from: ['/etc/default/grub', '/boot/loader/entries'] });
    if (parameter(line, 'fadump') === 'on') return ok('fadump=on: the firmware keeps memory over the crash', { from });
    const total = memory(host);
    const wanted = total === undefined ? undefined : recommended(machine(host), total);
    if (values.length === 0) return fail('crashkernel= is not on the kernel command line', { ...mend(host, wanted), why: LOST, from });
    if (!host.live || total === undefined)
      return ok(`crashkernel=${values.join(', ')} will be asked for; whether it is granted shows only when it runs`, { from });
    const granted = Number(host.text(RESERVED)?.trim() || Number.NaN);
    if (Number.isNaN(granted)) return unknown(`crashkernel=${values.join(', ')} is set, but ${RESERVED} cannot be read`, { from });
    if (granted === 0) return fail(refused(values, total), { ...mend(host, wanted), why: LOST, from });
    if (wanted !== undefined && granted < wanted)
      return warn(`${size(granted)} is reserved; ${size(wanted)} is usual for ${size(total)} of memory`, {
        ...mend(host, wanted),
        why: 'A capture kernel that runs out of memory saves nothing.',
        from,
      });
    return ok(`${size(granted)} is reserved`, { from });
  },
};

const LOST = 'Without it nothing can boot after the crash: no dump is saved.';

function refused(values: readonly string[], total: number): string {
  const asked = values.map((value) => reservation(value, total));
  if (asked.every((each) => each?.bytes === 0 && !each.auto))
    return `crashkernel=${values.join(', ')} reserves nothing on a machine of ${size(total)}`;
  return `crashkernel=${values.join(', ')} is set, but no memory is reserved: the kernel found no room, or it was given back`;
}

function mend(host: Host, wanted: number | undefined) {
  const value = `crashkernel=${wanted === undefined ? '1G-4G:192M,4G-64G:256M,64G-:512M' : size(wanted).replace(/ (\w)iB$/, '$1')}`;
  if (family(host) === 'rhel') return { type: [`grubby --update-kernel=ALL --args="${value}"`, 'reboot'] };
  const update = family(host) === 'suse' ? 'grub2-mkconfig -o /boot/grub2/grub.cfg' : 'update-grub';
  return {
    type: [update, 'reboot'],
    persist: { file: '/etc/default/grub', line: `GRUB_CMDLINE_LINUX="… ${value}"` },
  };
}
