import { once } from 'node:events';
import { createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { oopsLog, quietLog } from '../support/sample-logs.ts';

const TIME = /^\[ *\d+\.\d+\] /;
const untimed = (log: string): string[] =>
  log
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace(TIME, ''));

/** What a healthy machine logs: enough different lines that no scanner profits from repetition. */
export const HEALTHY = [
  // a banner in every screenful would be a machine that boots ten thousand times, and each mount is one more head to take in
  ...untimed(quietLog).filter((line) => !/^Linux version|^EXT4-fs .*: (?:re-)?mounted/.test(line)),
  'usb 1-1: new high-speed USB device number 2 using xhci_hcd',
  'e1000e 0000:00:1f.6 eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx',
  'audit: type=1400 audit(1700000000.123:45): apparmor="DENIED" operation="open" profile="snap.firefox.firefox" name="/etc/fstab" pid=4242 comm="firefox"',
  'systemd[1]: Starting systemd-tmpfiles-clean.service - Cleanup of Temporary Directories...',
  'IPv6: ADDRCONF(NETDEV_CHANGE): veth12ab34c: link becomes ready',
  'docker0: port 3(veth12ab34c) entered forwarding state',
  'nf_conntrack: default automatic helper assignment has been turned off for security reasons',
  'perf: interrupt took too long (2503 > 2500), lowering kernel.perf_event_max_sample_rate to 79750',
  'sd 2:0:0:0: [sda] 41943040 512-byte logical blocks: (21.5 GB/20.0 GiB)',
  'pci 0000:00:02.0: BAR 0: assigned [mem 0x80000000-0x80ffffff 64bit pref]',
  'ACPI: \\_SB_.PCI0.LNKA: Enabled at IRQ 10',
  'TCP: request_sock_TCP: Possible SYN flooding on port 443. Sending cookies.  Check SNMP counters.',
];

/** Report blocks: those of samples/ where there are console logs, and the NULL dereference of the tests. */
function reports(): string[][] {
  const lines = untimed(oopsLog);
  const block = lines.slice(
    lines.findIndex((l) => l.startsWith('BUG:')),
    lines.findIndex((l) => l.startsWith('---[ end')) + 1,
  );
  const more = readdirSync('samples', { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.(log|txt)$/.test(f))
    .map((f) => untimed(readFileSync(`samples/${f}`, 'latin1')))
    .map((all) => {
      const from = all.findIndex((l) => /^(BUG|WARNING|Oops|Unable to handle)/.test(l));
      return from < 0 ? [] : all.slice(from, from + 60);
    })
    .filter((b) => b.length >= 20);
  return [block, ...more];
}

/** Chunks of about 1 MB of log text until so many bytes are made; a share of the lines stands in reports. Deterministic. */
export function* syntheticLog(bytes: number, reportShare: number): Generator<string> {
  const blocks = reports();
  let made = 0;
  let usec = 0;
  let inReports = 0;
  let total = 0;
  let n = 0;
  let chunk: string[] = [];
  let size = 0;
  const put = (text: string): void => {
    usec += 137;
    const line = `[${(usec / 1e6).toFixed(6).padStart(12)}] ${text}\n`;
    chunk.push(line);
    size += line.length;
    total++;
  };
  while (made < bytes) {
    if (inReports < total * reportShare) {
      const block = blocks[n % blocks.length]!;
      for (const text of block) put(text);
      inReports += block.length;
    } else {
      put(HEALTHY[(n * 7) % HEALTHY.length]!.replace('4242', String(n % 32768)));
    }
    n++;
    if (size >= 1 << 20 || made + size >= bytes) {
      made += size;
      yield chunk.join('');
      chunk = [];
      size = 0;
    }
  }
}

/** Writes such a log to a stream, no faster than it takes it. */
export async function pour(chunks: Iterable<string>, to: NodeJS.WritableStream): Promise<void> {
  for (const chunk of chunks) if (!to.write(chunk, 'latin1')) await once(to, 'drain');
  to.end();
}

/** Writes such a log to a file. */
export async function writeLog(file: string, bytes: number, reportShare: number): Promise<void> {
  const stream = createWriteStream(file);
  const done = once(stream, 'finish');
  await pour(syntheticLog(bytes, reportShare), stream);
  await done;
}
