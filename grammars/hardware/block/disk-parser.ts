import { LineParser } from '../../common/parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './disk-tokens.ts';

/** Reads the requests that failed, as the block layer and the NVMe driver print them. */
export class DiskParser extends LineParser {
  /** block/blk-mq.c blk_print_req_error(). */
  readonly requestLine = this.RULE('requestLine', () => {
    const said: Record<string, string> = {};
    this.OPTION(() => this.CONSUME(t.Caller));
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.RequestError);
            this.ACTION(() => (said.error = image.trim()));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Field);
            this.ACTION(() => {
              const at = image.lastIndexOf(' ');
              said[NAMES[image.slice(0, at)] ?? ''] ??= image.slice(at + 1);
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Operation);
            this.ACTION(() => {
              said.op = image.slice(3, image.indexOf(':'));
              said.operation = image.slice(image.indexOf('(') + 1, -1);
            });
          },
        },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.sayDeclared(said));
  });

  /** drivers/nvme/host/pci.c nvme_timeout(), core.c nvme_log_error(). */
  readonly nvmeLine = this.RULE('nvmeLine', () => {
    const said: Record<string, string> = {};
    const put = (name: string, value: string) => {
      said[name] ??= value;
    };
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.NvmeDevice);
            this.ACTION(() => put('device', image.replace(/^nvme (?=nvme)|: $/g, '')));
          },
        },
        { ALT: () => put('tag', this.CONSUME(t.NvmeTag).image.replace(/^\D+/, '')) },
        { ALT: () => put('qid', this.CONSUME(t.Queue).image.slice(4)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Timeout);
            this.ACTION(() => {
              if (image.length > 9) put('action', image.slice(9));
            });
          },
        },
        { ALT: () => put('op', this.CONSUME(t.Opcode).image.slice(7)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.RequestOperation);
            this.ACTION(() => put('operation', image.slice(7, image.indexOf('('))));
          },
        },
        { ALT: () => put('bytes', this.CONSUME(t.Size).image.slice(5)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.CommandCode);
            this.ACTION(() => {
              const at = image.lastIndexOf('(');
              put('operation', image.slice(0, at));
              put('op', image.slice(at + 1, -1));
            });
          },
        },
        { ALT: () => put('sector', this.CONSUME(t.Lba).image.slice(6)) },
        { ALT: () => put('blocks', this.CONSUME(t.Blocks).image.replace(' blocks', '')) },
        { ALT: () => put('error', this.CONSUME(t.Status).image.slice(2)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.StatusCode);
            this.ACTION(() => {
              const [, sct, sc] = /sct (\S+) \/ sc (0x[0-9a-f]+)/.exec(image) ?? [];
              if (sct !== undefined) put('sct', sct);
              if (sc !== undefined) put('sc', sc);
            });
          },
        },
        { ALT: () => put('operation', this.CONSUME(t.Name).image.slice(1, -1)) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.sayDeclared(said));
  });

  constructor() {
    super(['request', 'nvme'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return { request: () => this.SUBRULE(this.requestLine), nvme: () => this.SUBRULE(this.nvmeLine) };
  }
}

/** What the block layer calls a field, and what we do. */
const NAMES: Readonly<Record<string, string>> = {
  dev: 'device',
  sector: 'sector',
  flags: 'flags',
  phys_seg: 'segments',
  'prio class': 'prio',
};
