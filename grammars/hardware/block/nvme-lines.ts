import { hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { sentence, subject } from '../sentence.ts';

/** dev_warn() of a controller: `nvme nvme0: `. */
const NVME = subject(String.raw`nvme (?<device>nvme\d+): `, { device: words });
/** Fibre Channel numbers its associations as well: `nvme nvme0: NVME-FC{0}: `. */
const FC = subject(String.raw`nvme (?<device>nvme\d+): NVME-FC\{\d+(?:\.\d+)?\}: `, { device: words });
/** Fabrics name the subsystem's NQN or the queue before the message. */
const ERRNO = { tail: String.raw`.*?(?: |\(|=|status: )(?<errno>-\d+)`, fields: { errno: int } } as const;
const CSTS = { tail: String.raw`.*?CSTS=(?<csts>0x[0-9a-f]+)`, fields: { csts: hex } } as const;

const PCI = 'drivers/nvme/host/pci.c';
const CORE = 'drivers/nvme/host/core.c';
const FABRICS = 'drivers/nvme/host/tcp.c, rdma.c, fc.c';
const NVME_LINE = { grammar: 'disk', name: 'nvme', mode: 'nvme' } as const;

/** NVMe controllers and their namespaces, on PCIe and fabrics. */
export const NVME_LINES = lines({
  nvme_timeout: {
    printer: `${PCI} nvme_timeout()`,
    releases: '`I/O 12 QID 3` until 6.5, the opcode since 6.4, `I/O tag 12 (100c) opcode 0x1 (…)` since 6.6; fabrics print no action',
    examples: [
      'nvme nvme7: I/O 411 QID 9 timeout, reset controller',
      'nvme nvme7: I/O 411 (Read) QID 9 timeout, aborting',
      'nvme nvme7: I/O tag 411 (219b) opcode 0x2 (I/O Cmd) QID 9 timeout, aborting req_op:READ(0) size:131072',
      'nvme nvme7: I/O tag 411 (219b) QID 9 timeout, completion polled',
    ],
    opens: [
      { form: 'line', literals: ['I/O ', 'IO '], at: 'message', test: (text) => /^nvme nvme\d+: I\/?O (?:tag )?\d+ .*timeout/.test(text) },
    ],
    start: /nvme nvme\d+: I\/?O (?:tag )?\d+ [^\n]*timeout/,
    rule: NVME_LINE,
    fields: { device: words, tag: int, qid: int, action: words, op: hex, operation: words, bytes: int },
  },
  nvme_log_error: {
    printer: `${CORE} nvme_log_error(), nvme_log_err_passthru()`,
    releases: 'since 5.18',
    examples: [
      'nvme7n1: Write(0x1) @ LBA 81920, 256 blocks, Write Fault (sct 0x2 / sc 0x80) DNR ',
      'nvme7n1: I/O Cmd(0x2) @ LBA 81920, 8 blocks, Host Aborted Command (sct 0x3 / sc 0x71) ',
      'nvme7: Admin Cmd(0x6), I/O Error (sct 0x0 / sc 0xb) MORE DNR ',
    ],
    opens: [{ form: 'line', literals: ['nvme'], test: (text) => /^nvme\d+\w*: [^\n]*\(0x[0-9a-f]+\)[^\n]* \(sct 0x/.test(text) }],
    start: /nvme\d+\w*: [^\n]*\(0x[0-9a-f]+\)[^\n]* \(sct 0x/,
    rule: NVME_LINE,
    fields: { device: words, operation: words, op: hex, sector: int, blocks: int, error: words, sct: hex, sc: hex },
  },
  nvme_warn_reset: {
    printer: `${PCI} nvme_warn_reset()`,
    examples: ['nvme nvme7: controller is down; will reset: CSTS=0xffffffff, PCI_STATUS=0x10'],
    ...sentence(NVME, 'controller is down', CSTS),
  },
  nvme_wait_ready: {
    printer: `${CORE} nvme_wait_ready()`,
    examples: ['nvme nvme7: Device not ready; aborting reset, CSTS=0x1', 'nvme nvme7: Device shutdown incomplete; abort shutdown'],
    ...sentence(NVME, ['Device not ready', 'Device shutdown incomplete'], CSTS),
  },
  nvme_reset_work: {
    printer: `${PCI} nvme_reset_work(), nvme_remove_dead_ctrl()`,
    releases: 'until 6.3; `Disabling device after reset failure` since',
    examples: ['nvme nvme7: Removing after probe failure status: -19'],
    ...sentence(NVME, 'Removing after probe failure', ERRNO),
  },
  nvme_reset_work_disables: {
    printer: `${PCI} nvme_reset_work()`,
    releases: 'since 6.3',
    examples: ['nvme nvme7: Disabling device after reset failure: -19'],
    ...sentence(NVME, 'Disabling device after reset failure', ERRNO),
  },
  nvme_error_detected: {
    printer: `${PCI} nvme_error_detected()`,
    examples: ['nvme nvme7: frozen state error detected, reset controller', 'nvme nvme7: failure state error detected, request disconnect'],
    ...sentence(NVME, ['frozen state error', 'failure state error']),
  },
  nvme_setup_io_queues: {
    printer: `${PCI} nvme_setup_io_queues(), nvme_reset_work()`,
    examples: ['nvme nvme7: IO queues lost', 'nvme nvme7: IO queues not created'],
    ...sentence(NVME, ['IO queues lost', 'IO queues not created']),
  },
  nvme_handle_cqe: {
    printer: `${PCI} nvme_handle_cqe()`,
    examples: ['nvme nvme7: invalid id 4097 completed on queue 3'],
    ...sentence(NVME, 'invalid id', { tail: String.raw` \d+ completed on queue (?<qid>\d+)`, fields: { qid: int } }),
  },
  nvme_change_ctrl_state_fails: {
    printer: `${PCI} nvme_reset_work()`,
    examples: ['nvme nvme7: failed to mark controller CONNECTING', 'nvme nvme7: failed to mark controller live state'],
    ...sentence(NVME, ['failed to mark controller CONNECTING', 'failed to mark controller live state']),
  },
  nvme_init_ctrl_finish: {
    printer: `${CORE} nvme_init_identify(), nvme_set_queue_count()`,
    examples: [
      'nvme nvme7: Identify Controller failed (-4)',
      'nvme nvme7: Reading CAP failed (-5)',
      'nvme nvme7: Could not set queue count (12)',
    ],
    ...sentence(NVME, ['Identify Controller failed', 'Reading CAP failed', 'Could not set queue count'], ERRNO),
  },
  nvme_handle_aer: {
    printer: `${CORE} nvme_handle_aen_notice(), nvme_handle_aer_persistent_error()`,
    releases: 'since 6.0',
    examples: [
      'nvme nvme7: resetting controller due to persistent internal error',
      'nvme nvme7: resetting controller due to AER',
      'nvme nvme7: Fw activation timeout, reset controller',
    ],
    ...sentence(NVME, [
      'resetting controller due to persistent internal error',
      'resetting controller due to AER',
      'Fw activation timeout',
    ]),
  },
  nvme_validate_ns_ids: {
    printer: `${CORE} nvme_init_ns_head(), nvme_validate_ns()`,
    examples: [
      'nvme nvme7: globally duplicate IDs for nsid 1',
      'nvme nvme7: identifiers changed for nsid 1',
      "nvme nvme7: IDs don't match for shared namespace 1",
    ],
    ...sentence(NVME, ['globally duplicate IDs for nsid', 'identifiers changed for nsid', "IDs don't match for shared namespace"]),
  },
  nvme_ns_head_submit_bio: {
    printer: 'drivers/nvme/host/multipath.c nvme_ns_head_submit_bio()',
    releases: '`block nvme7n1: ` since 5.15',
    examples: ['block nvme7n1: no available path - failing I/O', 'block nvme7n1: no usable path - requeuing I/O'],
    ...sentence(subject(String.raw`(?:block )?(?<device>nvme\d+(?:c\d+)?n\d+): `, { device: words }), [
      'no available path - failing I/O',
      'no usable path - requeuing I/O',
    ]),
  },
  nvme_anatt_timeout: {
    printer: 'drivers/nvme/host/multipath.c nvme_anatt_timeout()',
    examples: ['nvme nvme7: ANATT timeout, resetting controller.'],
    ...sentence(NVME, 'ANATT timeout'),
  },
  nvme_keep_alive: {
    printer: `${CORE} nvme_keep_alive_end_io(), nvme_keep_alive_work()`,
    examples: ['nvme nvme7: failed nvme_keep_alive_end_io error=10', 'nvme nvme7: keep-alive failed: -11', 'nvme nvme7: keep-alive failed'],
    ...sentence(NVME, ['failed nvme_keep_alive_end_io', 'keep-alive failed']),
  },
  nvme_tcp_error_recovery: {
    printer: `${FABRICS}: error recovery`,
    examples: [
      'nvme nvme7: starting error recovery',
      'nvme nvme7: queue 3: timeout request 0x1a type 4',
      'nvme nvme7: queue 3: receive failed:  -104',
      'nvme nvme7: header digest error: recv 0x1 expected 0x2',
      'nvme nvme7: data digest error: recv 0x1 expected 0x2',
    ],
    ...sentence(NVME, ['starting error recovery', 'header digest error', 'data digest error']),
    start: /nvme nvme\d+: (?:starting error recovery|queue \d+: (?:timeout request|receive failed)|(?:header|data) digest error)/,
    opens: [
      {
        form: 'line',
        literals: ['starting error recovery', 'queue ', 'header digest error', 'data digest error'],
        at: 'message',
        test: (text) =>
          /^nvme nvme\d+: (?:starting error|queue \d+: (?:timeout request|receive failed)|(?:header|data) digest error)/.test(text),
      },
    ],
    reads: [
      /^nvme (?<device>nvme\d+): (?:queue (?<qid>\d+): )?(?<what>starting error recovery|timeout request|receive failed|\w+ digest error)/,
    ],
    fields: { device: words, qid: int, what: words },
  },
  nvme_tcp_connect: {
    printer: `${FABRICS}: connections`,
    examples: ['nvme nvme7: failed to connect socket: -111', 'nvme nvme7: rdma connection establishment failed (-104)'],
    ...sentence(NVME, ['failed to connect socket', 'rdma connection establishment failed', 'failed to connect queue'], ERRNO),
  },
  nvme_tcp_reconnect: {
    printer: `${FABRICS}: reconnect work`,
    examples: ['nvme nvme7: Failed reconnect attempt 3/60', 'nvme nvme7: Failed reconnect attempt 3'],
    ...sentence(NVME, 'Failed reconnect attempt', { tail: String.raw` (?<attempt>\d+)`, fields: { attempt: int } }),
  },
  nvme_tcp_removes: {
    printer: `${FABRICS}: nvme_tcp_reconnect_or_remove()`,
    examples: ['nvme nvme7: Removing controller...', 'nvme nvme7: Removing controller (16770)...'],
    ...sentence(NVME, ['Removing controller']),
  },
  nvme_fc_ctrl_connectivity_loss: {
    printer: 'drivers/nvme/host/fc.c nvme_fc_ctrl_connectivity_loss(), nvme_fc_timeout()',
    examples: [
      'nvme nvme7: NVME-FC{2}: controller connectivity lost. Awaiting Reconnect',
      'nvme nvme7: NVME-FC{2}: transport association event: transport detected io error',
      'nvme nvme7: NVME-FC{2.3}: io timeout: opcode 1 fctype 0 w10/11: x00000000/x00000000',
    ],
    ...sentence(FC, [
      'controller connectivity lost',
      'transport association event: transport detected io error',
      'io timeout',
      'io failed due to',
    ]),
  },
  nvme_tcp_reconnected: {
    printer: `${FABRICS}: reconnect work`,
    examples: ['nvme nvme7: Successfully reconnected (1 attempt)', 'nvme nvme7: Abort status: 0x371'],
    start: /nvme nvme\d+: (?:Successfully reconnected|Abort status)/,
  },
});
