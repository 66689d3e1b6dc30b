import { byPattern, type RedactRule } from './rule.ts';

/** Names that many machines have and that tell none apart. */
const NOBODY =
  '(?:localhost|localhost4|localhost6|\\(none\\)|none|null|linux|debian|ubuntu|fedora|centos|rocky|almalinux|rhel|arch|alpine|kernel|host|server|node|vm|guest|test|archlinux|raspberrypi)(?:\\.localdomain\\d?|\\.localhost)?';
const NO_HOST = new RegExp(`^(?:${NOBODY}|[0-9.]+|\\[?[0-9a-f]*:[0-9a-f:.]*\\]?)$`, 'i');

/** Whether a name tells one machine from another. */
export const namesHost = (name: string): boolean => name.length > 1 && !NO_HOST.test(name);

const withoutDomain = (name: string): string => name.toLowerCase().replace(/\..*$/, '');

const host = (name: string, pattern: RegExp): RedactRule =>
  byPattern({ name, kind: 'host', pattern, spare: NO_HOST, same: withoutDomain, everywhere: true });

/** Machines: their names, and the numbers that were burnt into them. */
export const MACHINE_RULES: readonly RedactRule[] = [
  host('host name set by systemd', /\b(?:Hostname set to|Set hostname to|hostname changed (?:from \S+ )?to) [<"']?(?<value>[\w.-]+)/dgi),
  host('host name of ip=', /\b(?:host|hostname)=(?<value>[\w.-]+)/dg),
  host('domain of ip=', /\b(?:nis-)?domain=(?<value>[\w.-]+)/dg),
  // net/sunrpc/clnt.c; fs/smb/client
  host(
    'file server',
    /\b(?:nfs|lockd|cifs|smb|nfs4|rpc): (?:server|Server) (?<value>[\w.:-]+?):? (?:not responding|has not responded|OK|is not responding)/dgi,
  ),
  host('share of a file server', /(?<!\\)\\\\(?<value>[\w.-]+)(?=\\\w)/dg),
  host(
    'prefix of syslog',
    /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)) (?<value>[\w.-]+) [\w./-]+(?:\[\d+\])?: /dg,
  ),
  byPattern({
    name: 'UUID',
    kind: 'uuid',
    pattern: /(?<![0-9a-f]{2}|[0-9a-f]-)[0-9a-f]{8}([-_])[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}(?![0-9a-f])/dgi,
    spare: /^[0_-]+$/,
    same: (value) => value.toLowerCase().replace(/_/g, '-'),
  }),
  byPattern({
    name: 'machine id',
    kind: 'uuid',
    pattern: /\b(?:machine|boot)[-_ ]id\W{1,3}(?<value>[0-9a-f]{32})\b/dgi,
    same: (v) => v.toLowerCase(),
  }),
  byPattern({
    name: 'serial number',
    kind: 'serial',
    // drivers/usb/core/hub.c prints the index of the string as SerialNumber=3; serial8250's line is no serial number
    pattern:
      /\b(?:serial[ _-]?(?:number|no|num)\.?|s\/n|asset[ _-]tag|service[ _-]tag|ppin)[ \t]*(?:is|[:=])[ \t]*["']?(?<value>[\w.+/-]{3,}(?::[\w.]+)*)/dgi,
    // host controllers give their PCI address or platform name as serial number
    spare: /^[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$|^0+$|^[\w-]*hcd(?:\.\d+)+$/i,
  }),
  byPattern({
    name: 'serial number without a colon',
    kind: 'serial',
    // drivers and smartctl on disks: `SN WD-WCC4E0000001`, `serial no S3Z8NB0K`; a word without a digit is a word
    pattern: /\b(?:serial[ _-]?(?:number|num|no)\.?[ \t]*#?|s\/?n)[ \t:=#]+["'(]?(?<value>(?=[\w-]*\d)[A-Z0-9][\w-]{5,})/dgi,
    spare: /^[0_-]+$/,
  }),
  byPattern({ name: 'serial=', kind: 'serial', pattern: /\bserial=["']?(?<value>(?=[\w-]*\d)[A-Za-z0-9-]{6,})/dg }),
  byPattern({
    name: 'world wide name',
    kind: 'serial',
    pattern: /(?<![\w:.-])(?:[0-9a-f]{2}:){7}[0-9a-f]{2}(?![\w:])/dgi,
    same: (v) => v.toLowerCase(),
  }),
  byPattern({
    name: 'world wide name, named',
    kind: 'serial',
    pattern:
      /\b(?:wwn|wwpn|wwnn|wwid|sas[ _]addr(?:ess)?|enclosure logical id|port_name|node_name)(?:[ :=-]|\(){1,3}(?<value>(?:0x)?[0-9a-f]{16,32})\b/dgi,
    same: (v) => v.toLowerCase().replace(/^0x/, ''),
  }),
  byPattern({
    name: 'name of a disk or an iSCSI node',
    kind: 'serial',
    pattern: /\b(?:naa\.[0-9a-f]{16,32}|eui\.[0-9a-f]{16,32}|t10\.[\w-]{6,}|iqn\.\d{4}-\d\d\.[\w.:-]+|nqn\.\d{4}-\d\d\.[\w.:-]+)/dgi,
    spare: /^nqn\.2014-08\.org\.nvmexpress\.discovery$/,
  }),
];
