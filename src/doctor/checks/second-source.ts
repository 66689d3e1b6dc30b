import { type Check, ok, unknown, warn } from '../check.ts';
import { commandLine, parameterValues } from '../command-line.ts';
import { enabled } from '../facts.ts';
import { unitValue } from '../text.ts';

const BACKEND = '/sys/module/pstore/parameters/backend';

/** pstore: where the firmware or a piece of memory keeps the end of the log when kdump fails. */
export const PSTORE: Check = {
  id: 'pstore',
  title: 'pstore',
  ask: (host) => {
    if (!host.live) return unknown('which backend pstore has shows only when the machine runs');
    const backend = host.text(BACKEND)?.trim();
    const from = [BACKEND];
    const disabled = host.text('/sys/module/efi_pstore/parameters/pstore_disable')?.trim() === 'Y';
    if (backend === undefined || backend === '' || backend === '(null)')
      return warn(disabled ? 'pstore has no backend: efi_pstore is there, but disabled' : 'pstore has no backend', {
        why: 'When kdump fails, nothing keeps the end of the log.',
        ...(disabled
          ? {
              type: ['modprobe -r efi_pstore && modprobe efi_pstore pstore_disable=0'],
              persist: { file: '/etc/modprobe.d/efi_pstore.conf', line: 'options efi_pstore pstore_disable=0' },
            }
          : {}),
        from,
      });
    if (!enabled(host, 'systemd-pstore.service'))
      return warn(`pstore keeps the end of the log (${backend}), but systemd-pstore.service is not enabled`, {
        why: 'Its few kilobytes fill up, and later crashes find no room.',
        type: ['systemctl enable --now systemd-pstore.service'],
        from,
      });
    return ok(`pstore keeps the end of the log (${backend}); systemd-pstore moves it to /var/lib/systemd/pstore`, { from });
  },
};

/** Does the journal outlive a reboot? */
export const JOURNAL: Check = {
  id: 'journal',
  title: 'The journal',
  ask: (host) => {
    const dropIns = ['/usr/lib/systemd/journald.conf.d', '/etc/systemd/journald.conf.d'].flatMap((dir) =>
      host.list(dir).map((name) => `${dir}/${name}`),
    );
    const files = ['/etc/systemd/journald.conf', ...dropIns];
    const storage =
      unitValue(
        files.map((file) => host.text(file) ?? ''),
        'Storage',
      ) ?? 'auto';
    const kept = storage === 'persistent' || (storage === 'auto' && host.exists('/var/log/journal'));
    const from = ['/etc/systemd/journald.conf', '/var/log/journal'];
    if (kept) return ok('the journal is kept over reboots: journalctl -k -b -1 shows the boot that died', { from });
    return warn(
      `the journal is lost at every reboot (Storage=${storage}${storage === 'auto' ? ', and there is no /var/log/journal' : ''})`,
      {
        why: 'After a reset without a dump nothing is left of the boot that died.',
        type:
          storage === 'auto'
            ? ['mkdir -p /var/log/journal', 'systemd-tmpfiles --create --prefix /var/log/journal', 'journalctl --flush']
            : [],
        persist: { file: '/etc/systemd/journald.conf', line: 'Storage=persistent' },
        from,
      },
    );
  },
};

/** Does a console outside of the machine see the last lines? */
export const CONSOLE: Check = {
  id: 'console',
  title: 'A console outside',
  ask: (host) => {
    const line = commandLine(host);
    if (line === undefined) return unknown('no kernel command line was found');
    const outside = parameterValues(line, 'console').filter((name) => /^(ttyS|ttyAMA|ttyUSB|hvc|hvsi|uart|sclp|ttysclp)/.test(name));
    const netconsole = parameterValues(line, 'netconsole').length > 0 || (host.live && host.exists('/sys/module/netconsole'));
    const from = [line.file];
    if (outside.length > 0)
      return ok(`the console is also ${outside.join(', ')}: the last lines leave the machine even if nothing is saved`, { from });
    if (netconsole) return ok('netconsole sends the log to another machine', { from });
    return warn('the console is on the screen alone', {
      why: 'A crash before kdump is loaded, or in it, leaves no lines behind.',
      persist: { file: '/etc/default/grub', line: 'GRUB_CMDLINE_LINUX="… console=tty0 console=ttyS0,115200"' },
      from,
    });
  },
};
