import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';

const TROUBLE = /error|fail|invalid|bad |lost|unable|cannot|expired|revoked|timed out|not respond/i;
const HARMLESS = /option|feature|deprecated|Registering|[Mm]ount|support|nfs: Deprecated|bogus|nfsd/;

/** File systems whose disk is another machine's. */
export const REMOTE_LINES = lines({
  call_timeout: {
    printer: 'net/sunrpc/clnt.c rpc_check_timeout()',
    releases: 'call_timeout() until 4.20',
    examples: [
      'nfs: server nas3 not responding, still trying',
      'nfs: server 192.0.2.7 not responding, timed out',
      'lockd: server nas3 not responding, timed out',
    ],
    opens: [
      { form: 'line', literals: ['nfs: server ', 'nfs4: server ', 'lockd: server '], test: (text) => text.includes(' not responding') },
    ],
    start: /(?:nfs|lockd|rpcbind|nfsd|nlmclnt|nfs4|portmap): server \S+ not responding/,
    reads: [/^(?<service>\w+): server (?<server>\S+) (?<what>not responding(?:, (?:still trying|timed out))?)/],
    fields: { service: words, server: words, what: words },
  },
  call_decode: {
    printer: 'net/sunrpc/clnt.c call_decode()',
    examples: ['nfs: server nas3 OK'],
    start: /(?:nfs|lockd|nfs4): server \S+ OK/,
  },
  nfs4_state_manager: {
    printer: 'fs/nfs/nfs4state.c nfs4_state_manager(), nfs4_reclaim_open_state()',
    examples: [
      'NFS: state manager: lease expired failed on NFSv4 server nas3 with error 10016',
      'NFS: nfs4_reclaim_open_state: Lock reclaim failed!',
      'NFSv4: state recovery failed for open file x/y, error = -116',
      'NFS: server nas3 error: fileid changed',
    ],
    opens: [{ form: 'line', literals: ['NFS: ', 'NFSv4: '], test: (text) => TROUBLE.test(text) && !HARMLESS.test(text) }],
    start: /NFS(?:v4)?: (?=[^\n]*(?:rror|ail|nvalid|ost|xpired|evoked|imed out))/,
    reads: [
      /^NFS\w*: server (?<server>\S+) error: (?<what>.*?)\.?$/,
      /^NFS\w*: (?<what>.*?) on NFSv4 server (?<server>\S+)(?: with error (?<errno>\d+))?/,
      /^NFS\w*: (?<what>.*?)(?:, error = (?<errno>-?\d+))?\.?$/,
    ],
    fields: { server: words, what: words, errno: int },
  },
  cifs_reconnect: {
    printer: 'fs/smb/client/connect.c server_unresponsive(), cifs_reconnect()',
    releases: '`CIFS VFS: Server x has` until 5.6',
    examples: [
      String.raw`CIFS: VFS: \\nas3 has not responded in 180 seconds. Reconnecting...`,
      'CIFS VFS: Server nas3 has not responded in 120 seconds. Reconnecting...',
    ],
    opens: [{ form: 'line', literals: ['CIFS: VFS: ', 'CIFS VFS: '], test: (text) => text.includes(' has not responded') }],
    start: /CIFS:? VFS: [^\n]{0,96}has not responded/,
    reads: [
      /^CIFS:? VFS: \\\\(?<server>[^\s\\:]+)(?:\\[^\s:]*)?:? (?<what>has not responded)(?: in (?<seconds>\d+) seconds)?/,
      /^CIFS:? VFS: Server (?<server>\S+) (?<what>has not responded)(?: in (?<seconds>\d+) seconds)?/,
    ],
    fields: { server: words, what: words, seconds: int },
  },
  cifs_dbg: {
    printer: 'fs/smb/client: cifs_dbg(VFS), cifs_server_dbg(VFS), cifs_tcon_dbg(VFS)',
    examples: [
      String.raw`CIFS: VFS: \\nas3 Send error in SessSetup = -13`,
      'CIFS: VFS: cifs_mount failed w/return code = -112',
      String.raw`CIFS: VFS: \\nas3\share Send error in QFSUnixInfo = -95`,
      String.raw`CIFS: VFS: \\nas3 sends on sock 00000000a1b2c3d4 stuck for 15 seconds, error -11`,
    ],
    opens: [
      {
        form: 'line',
        literals: ['CIFS: VFS: ', 'CIFS VFS: '],
        test: (text) => !text.includes(' has not responded') && /error|fail|stuck/i.test(text),
      },
    ],
    start: /CIFS:? VFS: (?=[^\n]*(?:rror|ail|stuck))/,
    reads: [
      /^CIFS:? VFS: \\\\(?<server>[^\s\\:]+)(?:\\[^\s:]*)?:? (?<what>[^[(0-9=]+?) ?(?:= ?(?<errno>-?\d+)|[[(0-9]|[:.]*$)/,
      /^CIFS:? VFS: (?<what>[^[(0-9=\\]+?) ?(?:= ?(?<errno>-?\d+)|[[(0-9\\]|[:.]*$)/,
    ],
    fields: { server: words, what: words, errno: int },
  },
  ceph_mds: {
    printer: 'fs/ceph/mds_client.c delayed_work(), check_session_state(); super.c',
    examples: [
      'ceph: mds3 hung',
      'ceph: mds3 caps stale',
      'ceph: [01234567-89ab-cdef-0123-456789abcdef 4711]: mds3 hung',
      'ceph: mds3 reconnect denied',
    ],
    opens: [
      {
        form: 'line',
        literals: ['ceph: mds', 'ceph: ['],
        test: (text) => /mds\d+ (?:hung|caps stale|reconnect (?:denied|failed))|session.* (?:rejected|blocklisted)/.test(text),
      },
    ],
    start: /ceph: (?:\[[^\]\n]*\]: )?mds\d+ (?:hung|caps stale|reconnect)/,
    reads: [/^ceph: (?:\[[^\]]*\]: )?(?<server>mds\d+) (?<what>hung|caps stale|reconnect \w+)/],
    fields: { server: words, what: words },
  },
  ceph_con: {
    printer: 'net/ceph/messenger.c ceph_con_workfn(), osd_client.c, mon_client.c',
    examples: [
      'libceph: osd12 (1)192.0.2.7:6800 socket closed (con state OPEN)',
      'libceph: osd12 down',
      'libceph: mon1 (1)192.0.2.7:6789 session lost, hunting for new mon',
      'libceph: osd12 192.0.2.7:6800 io error',
    ],
    opens: [
      {
        form: 'line',
        literals: ['libceph: osd', 'libceph: mon', 'libceph: mds'],
        test: (text) => / (?:socket (?:closed|error)|down$|session lost|io error|connect error|protocol error|bad |wrong peer)/.test(text),
      },
    ],
    start:
      /libceph: (?:osd|mon|mds)\d+ [^\n]*(?:socket (?:closed|error)|down$|session lost|io error|connect error|protocol error|bad |wrong peer)/,
    reads: [/^libceph: (?<server>(?:mon|osd|mds)\d+)(?: (?:\(\d\))?[\d.:[\]a-f]+)? (?<what>[a-z][^(,]*)/],
    fields: { server: words, what: words },
  },
  ceph_connect: {
    printer: 'net/ceph/messenger.c ceph_tcp_connect()',
    examples: ['libceph: connect (1)192.0.2.7:6789 error -101'],
    opens: [{ form: 'line', literals: ['libceph: connect '] }],
    reads: [/^libceph: (?<what>connect) (?:\(\d\))?(?<server>[\d.:[\]a-f]+) error (?<errno>-\d+)/],
    fields: { what: words, server: words, errno: int },
  },
  p9_client: {
    printer: 'net/9p/client.c, fs/afs/rotate.c',
    examples: ['afs: Lost contact with file server 192.0.2.7'],
    opens: [{ form: 'line', literals: ['afs: Lost contact'] }],
    start: /afs: Lost contact/,
    reads: [/^afs: (?<what>Lost contact with file server) (?<server>\S+)/],
    fields: { what: words, server: words },
  },
});
