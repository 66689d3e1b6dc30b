import { type Check, type Finding, ok, unknown, warn } from '../check.ts';
import { commandLine, parameter } from '../command-line.ts';
import type { Host } from '../host.ts';
import { unitValue } from '../text.ts';

/** What notices a machine that hangs. */
export const WATCHDOGS: Check = { id: 'watchdog', title: 'Watchdogs', ask: (host) => [kernels(host), hardware(host)] };

/** The kernel's own: soft lockups by a timer, hard ones by the performance counter's NMI (Documentation/admin-guide/lockup-watchdogs.rst). */
function kernels(host: Host): Finding {
  if (!host.live) {
    const off = parameter(commandLine(host), 'nmi_watchdog') === '0' || parameter(commandLine(host), 'nowatchdog') !== undefined;
    return off
      ? warn('the command line turns the watchdog off')
      : unknown('whether the kernel watches for lockups shows only when it runs');
  }
  const read = (name: string): string | undefined => host.text(`/proc/sys/kernel/${name}`)?.trim();
  const [soft, hard, threshold] = [read('soft_watchdog'), read('nmi_watchdog'), read('watchdog_thresh')];
  const from = ['/proc/sys/kernel/soft_watchdog', '/proc/sys/kernel/nmi_watchdog'];
  if (soft === undefined && hard === undefined) return unknown('this kernel has no lockup watchdog', { from });
  if (soft === '1' && hard === '1')
    return ok(`the kernel watches for hard lockups (${threshold} s) and soft ones (${2 * Number(threshold)} s)`, { from });
  const missing = [soft !== '1' && 'soft', hard !== '1' && 'hard'].filter(Boolean).join(' and ');
  return warn(`the kernel does not watch for ${missing} lockups`, {
    why: hard === '1' ? undefined : 'In virtual machines the counter is often missing; the hypervisor can send an NMI instead.',
    type: [hard !== '1' ? 'sysctl -w kernel.nmi_watchdog=1' : 'sysctl -w kernel.soft_watchdog=1'],
    from,
  });
}

function hardware(host: Host): Finding {
  const dropIns = ['/usr/lib/systemd/system.conf.d', '/etc/systemd/system.conf.d'].flatMap((dir) =>
    host.list(dir).map((name) => `${dir}/${name}`),
  );
  const seconds = unitValue(
    ['/etc/systemd/system.conf', ...dropIns].map((file) => host.text(file) ?? ''),
    'RuntimeWatchdogSec',
  );
  const asked = seconds !== undefined && !/^(0|off|)$/.test(seconds);
  const [device] = host.live ? host.list('/sys/class/watchdog') : [];
  const from = ['/sys/class/watchdog', '/etc/systemd/system.conf'];
  const mend = { type: [], persist: { file: '/etc/systemd/system.conf.d/watchdog.conf', line: '[Manager] RuntimeWatchdogSec=60' } };
  if (device === undefined) {
    if (!host.live)
      return asked
        ? ok(`systemd feeds a hardware watchdog (${seconds})`, { from })
        : warn('systemd feeds no hardware watchdog', { ...mend, from });
    return warn('there is no hardware watchdog', { why: 'A machine that hangs altogether stays so until someone resets it.', from });
  }
  const identity = host.text(`/sys/class/watchdog/${device}/identity`)?.trim() || device;
  const active = host.text(`/sys/class/watchdog/${device}/state`)?.trim() === 'active';
  return active || asked
    ? ok(`${identity} is fed: a machine that hangs altogether is reset`, {
        from,
        why: 'A reset by it leaves no dump; a pretimeout that panics does, where the device has one.',
      })
    : warn(`${identity} is there, but nothing feeds it`, { ...mend, from });
}
