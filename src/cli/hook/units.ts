/** The files that `hook install` lays, by their path; `remove` takes exactly these away. */
export interface InstalledFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

const MARK = 'lastkmsg hook install wrote this; lastkmsg hook remove takes it away.';

/**
 * A service that reads what is not read yet: at boot once kdump and pstore were saved, and when something is laid into the dump target.
 * It has no network, may write to the dump targets alone, and its time and memory are bounded; it drops to nobody before it reads.
 * @param program what starts lastkmsg, absolute
 * @param targets where dumps are saved
 */
export function unitsFor(program: readonly string[], targets: readonly string[]): InstalledFile[] {
  const command = program.map(quoted).join(' ');
  return [
    {
      path: '/etc/systemd/system/lastkmsg-hook.service',
      mode: 0o644,
      text: `# ${MARK}
[Unit]
Description=Explain kernel crashes that were saved
Documentation=man:lastkmsg(1)
# after whatever saves a dump, a pstore or the journal of the boot that died
After=kdump.service kdump-tools.service kdump-save.service systemd-pstore.service systemd-journal-flush.service local-fs.target
ConditionKernelCommandLine=!elfcorehdr

[Service]
Type=oneshot
ExecStart=${command} hook run
SyslogIdentifier=lastkmsg
Nice=10
IOSchedulingClass=idle
TimeoutStartSec=1h
MemoryMax=3G
PrivateNetwork=yes
PrivateTmp=yes
ProtectHome=read-only
ProtectSystem=strict
${[...targets, '/var/lib/systemd/pstore', '/var/lib/lastkmsg'].map((path) => `ReadWritePaths=-${quoted(path)}`).join('\n')}
StateDirectory=lastkmsg
StateDirectoryMode=0700
NoNewPrivileges=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes

[Install]
WantedBy=multi-user.target
`,
    },
    {
      path: '/etc/systemd/system/lastkmsg-hook.path',
      mode: 0o644,
      text: `# ${MARK}
[Unit]
Description=Watch for kernel crashes that are saved

[Path]
${targets.map((path) => `PathModified=${quoted(path)}`).join('\n')}
Unit=lastkmsg-hook.service

[Install]
WantedBy=multi-user.target
`,
    },
  ];
}

/**
 * For kdump-utils (RHEL, Fedora): runs in the capture kernel once the dump is saved. Its small root file system seldom holds lastkmsg
 * (kdump.conf's extra_bins puts it there); where it does not, the service does the work at the next boot. Never fails: a script that
 * fails there is taken for a failed dump.
 */
export const postScript = (program: readonly string[]): InstalledFile => ({
  path: '/etc/kdump/post.d/90-lastkmsg.sh',
  mode: 0o755,
  text: `#!/bin/sh
# ${MARK}
[ "\${1:-0}" = 0 ] || echo "lastkmsg: kdump says that saving ended with $1; what was saved is read all the same" >/dev/kmsg
[ -x ${shellQuoted(program[0] ?? '')} ] || exit 0
for root in "\${NEWROOT:-/sysroot}" /kdumproot ""; do
  [ -d "$root/var/crash" ] || continue
  ${program.map(shellQuoted).join(' ')} hook run "$root/var/crash" >/dev/kmsg 2>&1
  break
done
exit 0
`,
});

/** A word of a unit file: systemd.syntax(7) takes C's escapes in double quotes, and % and $ mean something. */
const quoted = (word: string): string =>
  /^[\w@:.,/+-]+$/.test(word) ? word : `"${word.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%').replace(/\$/g, '$$$$')}"`;

const shellQuoted = (word: string): string => (/^[\w@:.,/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
