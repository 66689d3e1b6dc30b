import { byPattern, type RedactRule } from './rule.ts';

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const QUAD = `${OCTET}(?:\\.${OCTET}){3}`;
/** Drivers print four-part versions after one of these words; USB ports stand after a bus and a dash: `1-1.4.2.1`. */
const NO_ADDRESS =
  '(?<![\\w.]|(?:^|[^\\d.])\\d{1,3}-|\\b(?:version|ver|fw|firmware|rev|revision|driver|release|bios|nvm|api|microcode)[ .:=]{0,2})';
const GROUP = '[0-9a-f]{1,4}';

const withoutSeparators = (value: string): string => value.toLowerCase().replace(/[:_-]/g, '');

/** Addresses of machines and of their network devices. */
export const NETWORK_RULES: readonly RedactRule[] = [
  // net/netfilter/nf_log_syslog.c: MAC= holds both hardware addresses and the protocol, 14 bytes in a row
  byPattern({
    name: 'netfilter MAC, destination',
    kind: 'mac',
    pattern: /\bMAC=(?<value>(?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?=:)/dgi,
    same: withoutSeparators,
  }),
  byPattern({
    name: 'netfilter MAC, source',
    kind: 'mac',
    pattern: /\bMAC=(?:[0-9a-f]{2}:){6}(?<value>(?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?=:)/dgi,
    same: withoutSeparators,
  }),
  byPattern({
    name: 'MAC address',
    kind: 'mac',
    pattern: /(?<![\w:.-])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/dgi,
    spare: /^(?:00:){5}00$|^(?:ff:){5}ff$/i,
    same: withoutSeparators,
  }),
  byPattern({
    name: 'MAC address with dashes',
    kind: 'mac',
    // a date and time are pairs of digits with dashes too: one letter must be there
    pattern: /(?<![\w:.-])(?=[\d-]{0,16}[a-f])(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?![\w-])/dgi,
    same: withoutSeparators,
  }),
  // drivers/infiniband: 20 bytes; systemd names interfaces enx and the address
  byPattern({
    name: 'InfiniBand address',
    kind: 'mac',
    pattern: /(?<![\w:.-])(?:[0-9a-f]{2}:){19}[0-9a-f]{2}(?![\w:])/dgi,
    same: withoutSeparators,
  }),
  byPattern({ name: 'interface named by its MAC', kind: 'mac', pattern: /\benx(?<value>[0-9a-f]{12})\b/dg, same: withoutSeparators }),
  byPattern({
    name: 'IPv4 address',
    kind: 'ip',
    pattern: new RegExp(`${NO_ADDRESS}(?<value>${QUAD})(?!\\w|\\.\\d|-[a-z])`, 'dgi'),
    // loopback, any, netmasks and broadcast, multicast
    spare: /^(?:0|127|22[4-9]|23\d|255)\./,
  }),
  byPattern({
    name: 'IPv6 address',
    kind: 'ip',
    pattern: new RegExp(
      `(?<![\\w:.])(?<value>(?:${GROUP}:){7}${GROUP}|(?=[0-9a-f:.]*\\d)(?:${GROUP}(?::${GROUP}){0,6})?::(?:${GROUP}(?::${GROUP}){0,6})?)(?![\\w:]|\\.\\d{1,3}-)`,
      'dgi',
    ),
    // loopback, documentation of any, multicast; eight pairs are a world wide name
    spare: /^::1?$|^ff[0-9a-f]{2}:|^(?:[0-9a-f]{2}:){7}[0-9a-f]{2}$|^[0-9a-f]{0,2}::[0-9a-f]{0,2}$/i,
    same: (value) => value.toLowerCase(),
  }),
];
