import { aside, hex, int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';
import { says, starts } from '../opens.ts';
import { read } from './opens.ts';

const OF = { driver: words, device: words } as const;
const TASK = { comm: aside(words), pid: aside(int) } as const;
/** `PCI:0000:3b:00`, `0000:3b:00.0`, `at PCI:0000:3b:00`. */
const GPU = String.raw`GPU (?:at )?(?:PCI:)?(?<device>[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}(?:\.\d)?)[:,]?`;

/** nouveau: a code with its name, `engine 00 [GR]`; `java[4711]`. */
const coded = (name: string): string => String.raw`${name} [0-9a-f]+ \[(?<${name}>[^\]]*)\]`;
const FAULT = String.raw`fault [0-9a-f]+ \[(?<access>\w*)\] at (?<address>[0-9a-f]+) ${coded('engine')}`;
const PROGRAM = String.raw`(?<comm>[^\n[]{1,15})\[(?<pid>\d+)\]`;

/** NVIDIA's GPUs: its own driver (kernel-open/nvidia, nvidia-modeset) and drivers/gpu/drm/nouveau. */
export const NVIDIA_GPU = lines({
  nvrm_xid: {
    printer: "NVIDIA's driver, nvErrorLog(): the Xid catalogue says what each number means",
    examples: [
      'NVRM: Xid (PCI:0000:3b:00): 79, pid=4711, name=java, GPU has fallen off the bus.',
      "NVRM: Xid (PCI:0000:3b:00): 31, pid='<unknown>', name=<unknown>, Ch 00000010, intr 00000000. MMU Fault: ENGINE GRAPHICS",
      'NVRM: Xid (0000:3b:00): 13, Graphics Exception: ESR 0x404490=0x80000001',
    ],
    ...starts('single', ['NVRM: Xid (']),
    reads: [
      /Xid \((?:PCI:)?(?<device>[^)]+)\): (?<xid>\d+), pid='?(?<pid>[1-9]\d*)'?, name=(?<comm>[^,]+), (?<what>.*)/,
      /Xid \((?:PCI:)?(?<device>[^)]+)\): (?<xid>\d+), pid='?(?<pid>[1-9]\d*)'?, (?<what>.*)/,
      /Xid \((?:PCI:)?(?<device>[^)]+)\): (?<xid>\d+), (?:pid='?[^,']*'?, )?(?:name=[^,]*, )?(?<what>.*)/,
      /Xid \((?:PCI:)?(?<device>[^)]+)\): (?<xid>\d+)/,
    ],
    fields: { device: words, xid: int, ...TASK, what: words },
  },
  nvrm_gpu: {
    printer: "NVIDIA's driver, osHandleGpuLost(), RmInitAdapter() and others: what it says of one GPU",
    examples: [
      'NVRM: GPU 0000:3b:00.0: GPU has fallen off the bus.',
      'NVRM: GPU at PCI:0000:3b:00: GPU-xyz',
      'NVRM: GPU 0000:3b:00.0: RmInitAdapter failed! (0x23:0x65:1401)',
      'NVRM: The NVIDIA GPU 0000:3b:00.0',
    ],
    ...starts('single', ['NVRM: GPU ', 'NVRM: The NVIDIA GPU '], (text) => /fallen off|lost|fail|error|not responding|locked/i.test(text)),
    start: /NVRM: (?:The NVIDIA )?GPU /,
    reads: [new RegExp(`${GPU} +(?<what>\\S.*)`), new RegExp(GPU)],
    fields: { device: words, what: words },
  },
  nvrm_general: {
    printer: "NVIDIA's driver, krcWatchdog(), rm_init_adapter(), nvidia_dev_get(); nvidia-modeset",
    examples: [
      'NVRM: krcWatchdog_IMPL: RC watchdog: GPU is probably locked!  Notify Timeout Seconds: 7',
      'NVRM: rm_init_adapter failed, device minor number 0',
      'NVRM: RmInitAdapter failed! (0x26:0xffff:1290)',
      'nvidia-modeset: ERROR: GPU:0: Idling display engine timed out: 0x0000c67d:0:0:407',
      'NVRM: The NVIDIA probe routine failed for 1 device(s).',
    ],
    start: /NVRM: |nvidia-modeset: ERROR: /,
    opens: [
      {
        form: 'single',
        literals: ['NVRM: RC watchdog: GPU is probably locked', 'NVRM: rm_init_adapter failed', 'NVRM: RmInitAdapter failed'],
      },
      {
        form: 'single',
        literals: ['NVRM: krcWatchdog', 'NVRM: The NVIDIA probe routine failed'],
        test: (text) => /locked|failed/.test(text),
      },
      { form: 'single', literals: ['nvidia-modeset: ERROR: GPU:'], test: (text) => /timed out|fail/i.test(text) },
    ],
    reads: [
      /NVRM: (?:\w+: )?(?:RC watchdog: )?(?<what>GPU is probably locked)/,
      /NVRM: (?<what>(?:rm_init_adapter|RmInitAdapter|The NVIDIA probe routine) failed)/,
      /GPU:(?<gpu>\d+): (?<what>[^:]+)/,
    ],
    fields: { what: words, gpu: int },
  },
  nouveau_fault: {
    printer: 'drivers/gpu/drm/nouveau/nvkm/engine/fifo/gf100.c gf100_fifo_mmu_fault_recover(), gk104.c gk104_fifo_fault()',
    releases: '`read fault at … [PTE] from` until 4.16',
    examples: [
      'nouveau 0000:01:00.0: fifo: fault 01 [WRITE] at 0000000000a5b000 engine 00 [GR] client 08 [HUB/PE] reason 02 [PTE] on channel 5 [007fa7c000 java[4711]]',
    ],
    ...says('nouveau', ['fault 0'], (text) => / engine [0-9a-f]+ \[/.test(text)),
    start: /nouveau \S+: fifo: fault [0-9a-f]+ \[/,
    reads: read(`${FAULT} ${coded('client')} ${coded('reason')} on channel (?<channel>-?\\d+) \\[[0-9a-f]+ ${PROGRAM}`, FAULT),
    fields: { ...OF, access: words, address: hex, engine: words, client: words, reason: words, channel: int, ...TASK },
  },
  nouveau_fifo_error: {
    printer: 'drivers/gpu/drm/nouveau/nvkm/engine/fifo/gk104.c gk104_fifo_intr_sched(), nv04.c nv04_fifo_intr_cache_error()',
    examples: [
      'nouveau 0000:01:00.0: fifo: SCHED_ERROR 0a [CTXSW_TIMEOUT]',
      'nouveau 0000:01:00.0: fifo: CACHE_ERROR - ch 2 [java[4711]] subc 0 mthd 0000 data beef0201',
      'nouveau 0000:01:00.0: fifo: DMA_PUSHER - ch 2 [java[4711]] get 0020052638 put 0020053a00 ib_get 00000114 ib_put 00000115 state 80000024 (err: INVALID_CMD) push 00406040',
    ],
    ...says('nouveau', ['SCHED_ERROR ', 'CACHE_ERROR - ', 'DMA_PUSHER - ']),
    start: /nouveau \S+: fifo: (?:SCHED_ERROR|CACHE_ERROR|DMA_PUSHER) /,
    reads: read(
      String.raw`(?<what>SCHED_ERROR) [0-9a-f]+ \[(?<reason>[^\]]*)\]`,
      `(?<what>CACHE_ERROR|DMA_PUSHER) - ch (?<channel>\\d+) \\[${PROGRAM}\\]`,
      '(?<what>SCHED_ERROR|CACHE_ERROR|DMA_PUSHER)',
    ),
    fields: { ...OF, what: words, reason: words, channel: int, ...TASK },
  },
  nouveau_recovery: {
    printer: 'drivers/gpu/drm/nouveau/nvkm/engine/fifo/runl.c nvkm_runl_rc(), chan.c nvkm_chan_error()',
    examples: [
      'nouveau 0000:01:00.0: fifo: channel 5: killed',
      'nouveau 0000:01:00.0: fifo: runlist 0: scheduled for recovery',
      'nouveau 0000:01:00.0: fifo:000000:0005:[java[4711]] errored - disabling channel',
      'nouveau 0000:01:00.0: java[4711]: channel 5 killed!',
    ],
    start:
      /nouveau \S+: (?:fifo: ?(?:channel|runlist|engine) \d+: |[^\n]{1,40}errored - disabling channel|[^\n]{1,30}: channel \d+ killed!)/,
    opens: [
      {
        form: 'nouveau-field',
        literals: ['nouveau '],
        test: (text) => /: (?:killed|scheduled for recovery)$|errored - disabling channel$|: channel \d+ killed!$/.test(text),
      },
    ],
    reads: [/(?<recovery>scheduled for recovery|killed|disabling channel)/],
    fields: { recovery: words },
  },
  nouveau_gr_trap: {
    printer: 'drivers/gpu/drm/nouveau/nvkm/engine/gr/gf100.c gf100_gr_trap_intr(), gf100_gr_intr()',
    examples: [
      'nouveau 0000:01:00.0: gr: TRAP ch 5 [007fa7c000 java[4711]]',
      'nouveau 0000:01:00.0: gr: DATA_ERROR 0000009c [] ch 5 [007fa7c000 java[4711]] subc 0 class b197 mthd 19d0 data 0000003d',
    ],
    ...says('nouveau', ['TRAP ch ', 'DATA_ERROR ', 'ILLEGAL_MTHD ', 'ILLEGAL_CLASS '], (text) => text.startsWith('nouveau ')),
    start: /nouveau \S+: gr: (?:TRAP ch|DATA_ERROR|ILLEGAL_MTHD|ILLEGAL_CLASS) /,
    reads: read(
      String.raw`(?<what>TRAP|DATA_ERROR|ILLEGAL_MTHD|ILLEGAL_CLASS)[^\n]*? ch (?<channel>-?\d+) \[[0-9a-f]+ (?<comm>[^\n[]{1,15})\[(?<pid>\d+)\]`,
      '(?<what>TRAP|DATA_ERROR|ILLEGAL_MTHD|ILLEGAL_CLASS)',
    ),
    fields: { ...OF, what: words, channel: int, ...TASK },
  },
  nouveau_mmio: {
    printer: 'drivers/gpu/drm/nouveau/nvkm/subdev/bus/gf100.c gf100_bus_intr(), nv31.c, nv50.c',
    examples: ['nouveau 0000:01:00.0: bus: MMIO read of 00000000 FAULT at 6013d4 [ PRIVRING ]'],
    ...says('nouveau', ['MMIO read of ', 'MMIO write of '], (text) => text.startsWith('nouveau ')),
    start: /nouveau \S+: bus: MMIO (?:read|write) of /,
    reads: read(String.raw`bus: (?<what>MMIO (?:read|write)) of [0-9a-f]+ FAULT at (?<register>[0-9a-f]+)`),
    fields: { ...OF, what: words, register: hex },
  },
  nouveau_idle: {
    printer: 'drivers/gpu/drm/nouveau/nouveau_chan.c nouveau_channel_idle(), nouveau_drm.c',
    examples: [
      'nouveau 0000:01:00.0: java[4711]: failed to idle channel 5 [java[4711]]',
      'nouveau 0000:01:00.0: DRM: GPU lockup - switching to software fbcon',
    ],
    ...says('nouveau', ['failed to idle channel ', 'GPU lockup - switching to software fbcon']),
    start: /nouveau \S+: [^\n]{1,30}: (?:failed to idle channel|GPU lockup - )/,
    reads: read(
      String.raw`(?<what>failed to idle channel) (?:0x)?(?<channel>[0-9a-f]+)(?: \[(?<comm>[^\n[]{1,15})\[(?<pid>\d+)\]\])?`,
      '(?<what>GPU lockup)',
    ),
    fields: { ...OF, what: words, channel: int, ...TASK },
  },
});
