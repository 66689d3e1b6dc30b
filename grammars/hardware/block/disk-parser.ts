import { PartsParser } from '../../common/parts-parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './disk-tokens.ts';

/** Reads the requests that failed, as the block layer and the NVMe driver print them. */
export class DiskParser extends PartsParser {
  /** block/blk-mq.c blk_print_req_error(). */
  readonly requestLine = this.parts(
    'requestLine',
    [t.Caller],
    [t.RequestError, (image) => ({ error: image.trim() })],
    [t.Field, (image) => fieldOf(image)],
    [t.Operation, (image) => ({ op: image.slice(3, image.indexOf(':')), operation: image.slice(image.indexOf('(') + 1, -1) })],
    [Word],
  );

  /** drivers/nvme/host/pci.c nvme_timeout(), core.c nvme_log_error(). */
  readonly nvmeLine = this.parts(
    'nvmeLine',
    [t.NvmeDevice, (image) => ({ device: image.replace(/^nvme (?=nvme)|: $/g, '') })],
    [t.NvmeTag, (image) => ({ tag: image.replace(/^\D+/, '') })],
    [t.Queue, (image) => ({ qid: image.slice('QID '.length) })],
    [t.Timeout, (image) => ({ action: image.slice('timeout, '.length) || undefined })],
    [t.Opcode, (image) => ({ op: image.slice('opcode '.length) })],
    [t.RequestOperation, (image) => ({ operation: image.slice('req_op:'.length, image.indexOf('(')) })],
    [t.Size, (image) => ({ bytes: image.slice('size:'.length) })],
    [t.CommandCode, (image) => ({ operation: image.slice(0, image.lastIndexOf('(')), op: image.slice(image.lastIndexOf('(') + 1, -1) })],
    [t.Lba, (image) => ({ sector: image.slice('@ LBA '.length) })],
    [t.Blocks, (image) => ({ blocks: image.replace(' blocks', '') })],
    [t.Status, (image) => ({ error: image.slice(', '.length) })],
    [t.StatusCode, (image) => statusOf(image)],
    [t.Name, (image) => ({ operation: image.slice(1, -1) })],
    [Word],
  );

  constructor() {
    super(['request', 'nvme'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return { request: () => this.SUBRULE(this.requestLine), nvme: () => this.SUBRULE(this.nvmeLine) };
  }
}

/** What the block layer calls a field, and what we do. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    dev: 'device',
    sector: 'sector',
    flags: 'flags',
    phys_seg: 'segments',
    'prio class': 'prio',
  }),
);

function fieldOf(image: string): Readonly<Record<string, string>> {
  const at = image.lastIndexOf(' ');
  return { [NAMES.get(image.slice(0, at)) ?? '']: image.slice(at + 1) };
}

/** `sct 0x0 / sc 0x83`: the type of the status code, and the code. */
function statusOf(image: string): { readonly sct?: string | undefined; readonly sc?: string | undefined } {
  const [, sct, sc] = /sct (\S+) \/ sc (0x[0-9a-f]+)/.exec(image) ?? [];
  return { sct, sc };
}
