import { byPattern, type RedactRule } from './rule.ts';

/** Units of systemd and of container runtimes that every machine of their kind has. */
const COMMON_UNITS = [
  '-',
  'init',
  '(?:system|user|machine|docker|kubepods|podman|libpod|containerd|crio|runtime|kubelet|kdump|kexec|dbus|cron|crond|atd|ssh|sshd|auditd)',
  '(?:rsyslog|syslog|journald|polkit|udisks2|irqbalance|chronyd?|ntpd?|tuned|NetworkManager|networking|network|firewalld|snapd|multipathd)',
  'session-\\d+',
  '(?:boot|home|root|tmp|run|var|usr|opt|srv|dev|sys|proc)(?:-[a-z]+)*',
  'systemd-[\\w@.-]+',
  'getty@tty\\d+|serial-getty@\\w+|kdump-tools|display-manager|user@\\d+|user-runtime-dir@\\d+',
  // ids of pods and containers tell no name
  'kubepods-[\\w-]+|(?:docker|cri-containerd|crio|libpod|crio-conmon|libpod-conmon)-[0-9a-f]{12,64}',
];

/** Domains that kernels and distributions name in their messages. */
const PUBLIC =
  /(?:^|\.)(?:kernel|debian|ubuntu|fedoraproject|redhat|centos|suse|opensuse|github|gitlab|freedesktop|vger|lkml|intel|amd|arm|linuxfoundation|sourceforge|wikipedia)\.(?:org|com|net|io)$/i;

/** Names that people gave: of units, of directories, of networks, of machines by their domain. */
export const NAME_RULES: readonly RedactRule[] = [
  byPattern({
    name: 'unit of systemd',
    kind: 'unit',
    pattern: /(?<![\w@.\\-])(?<value>[\w@:.\\-]{1,200})\.(?=(?:service|scope|slice|socket|timer|mount|automount|swap)(?![\w.-]))/dg,
    spare: new RegExp(`^(?:${COMMON_UNITS.join('|')})$`),
  }),
  byPattern({
    name: 'name with its domain',
    kind: 'host',
    pattern:
      /(?<![\w.@/-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:internal|local|lan|corp|intranet|intra|com|org|net)(?![\w-]|\.\w)/dgi,
    spare: PUBLIC,
    same: (value) => value.toLowerCase().replace(/\..*$/, ''),
  }),
  byPattern({ name: 'path on a share', kind: 'path', pattern: /(?<!\\)\\\\[\w.-]+\\[\w.$-]+\\(?<value>[^\s"'<>|]+)/dg }),
  byPattern({
    name: 'directory of data',
    kind: 'path',
    pattern: /(?<![\w./-])\/(?:srv|data|mnt|exports?|customers|backups?|shares?)\/(?<value>[^\x00-\x20"'<>|:;,()[\]{}`*?\x7f]+)/dg,
  }),
  byPattern({
    name: 'name of a wireless network',
    kind: 'name',
    pattern: /\bE?SSID[ =:]{1,3}(?:"(?<value>[^"]+)"|'[^']+')/dgi,
  }),
  byPattern({ name: 'telephone number', kind: 'name', pattern: /(?<![\w.+-])\+\d{1,3}(?:[ .-]\(?\d{2,8}\)?){2,4}(?![\w.-])/dg }),
  // nvme, storage controllers and boards: without a colon it is a word of digits and capitals
  byPattern({
    name: 'serial number in words',
    kind: 'serial',
    pattern: /\b[Ss]erial[ \t]?[( ]["']?(?<value>(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{6,})/dg,
  }),
];
