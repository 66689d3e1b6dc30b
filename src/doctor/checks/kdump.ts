import { type Check, type Finding, fail, ok, unknown, warn } from '../check.ts';
import { enabled, family } from '../facts.ts';
import type { Host } from '../host.ts';
import { assignments } from '../text.ts';

const LOADED = '/sys/kernel/kexec_crash_loaded';
const FADUMP = ['/sys/kernel/fadump/registered', '/sys/kernel/fadump_registered'];
const UNITS = ['kdump.service', 'kdump-tools.service'];

/** Is a capture kernel loaded now, and will it be after the next boot? */
export const KDUMP: Check = {
  id: 'kdump',
  title: 'The kdump service',
  ask: (host) => [...(host.live ? [loaded(host)] : []), service(host)],
};

function loaded(host: Host): Finding {
  const fadump = FADUMP.find((file) => host.text(file)?.trim() === '1');
  if (fadump !== undefined) return ok('fadump is registered with the firmware', { from: [fadump] });
  const state = host.text(LOADED)?.trim();
  if (state === '1') return ok('a capture kernel is loaded', { from: [LOADED] });
  if (state === '0')
    return fail('no capture kernel is loaded', {
      type: [start(host)],
      why: 'The next panic stops or reboots the machine, and saves nothing.',
      from: [LOADED],
    });
  return host.exists('/proc/sys/kernel/osrelease')
    ? fail(`this kernel has no ${LOADED}: it was built without CONFIG_CRASH_DUMP or CONFIG_KEXEC`, { from: [LOADED] })
    : unknown(`${LOADED} cannot be read`, { from: [LOADED] });
}

function service(host: Host): Finding {
  const unit = UNITS.find((name) => enabled(host, name));
  if (unit === undefined) {
    const there = UNITS.find((name) => ['/usr/lib/systemd/system', '/lib/systemd/system'].some((dir) => host.exists(`${dir}/${name}`)));
    if (there !== undefined)
      return fail(`${there} is installed, but not enabled`, { type: [`systemctl enable --now ${there}`], from: ['/etc/systemd/system'] });
    return fail('no kdump service is installed', { type: [install(host)], from: ['/etc/systemd/system'] });
  }
  const defaults = new Map(assignments(host.text('/etc/default/kdump-tools') ?? ''));
  if (unit === 'kdump-tools.service' && defaults.get('USE_KDUMP') === '0')
    return fail('kdump-tools.service is enabled, but USE_KDUMP=0 stops it', {
      type: ['systemctl restart kdump-tools'],
      persist: { file: '/etc/default/kdump-tools', line: 'USE_KDUMP=1' },
      from: ['/etc/default/kdump-tools'],
    });
  if (host.text('/proc/sys/kernel/kexec_load_disabled')?.trim() === '1' && host.text(LOADED)?.trim() === '0')
    return warn(`${unit} is enabled, but kernel.kexec_load_disabled=1 until the next boot`, {
      from: ['/proc/sys/kernel/kexec_load_disabled'],
    });
  return ok(`${unit} is enabled`, { from: ['/etc/systemd/system'] });
}

const start = (host: Host): string => `systemctl restart ${family(host) === 'debian' ? 'kdump-tools' : 'kdump'}`;

function install(host: Host): string {
  if (family(host) === 'debian') return 'apt-get install kdump-tools';
  return family(host) === 'suse' ? 'zypper install kdump' : 'dnf install kdump-utils kexec-tools makedumpfile';
}
