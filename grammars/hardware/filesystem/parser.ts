import { LineParser } from '../../common/parser.ts';
import { Rest, Word } from '../../common/tokens.ts';
import * as t from './tokens.ts';

/** Reads the complaints of ext2 to ext4, XFS and Btrfs, each of which names its device, its function and what it found. */
export class FilesystemParser extends LineParser {
  #said: Record<string, string> = {};

  #put(name: string, value: string | undefined): void {
    if (value !== undefined && value !== '') this.#said[name] ??= value;
  }

  /** fs/ext4/super.c __ext4_error(), __ext4_error_inode(), __ext4_error_file(), __ext4_std_error(), __ext4_warning(). */
  readonly ext = this.RULE('ext', () => {
    this.#said = {};
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.ExtLead);
            this.ACTION(() => {
              const m = /^(EXT\d)-fs (\w+) \(device ([^)]+)/.exec(image);
              this.#put('fs', m?.[1]);
              this.#put('level', m?.[2]);
              this.#put('device', m?.[3]);
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.PrintingFunction);
            this.ACTION(() => {
              const [name, line] = image.slice(0, -2).split(':');
              this.#put('function', name);
              this.#put('line', line);
            });
          },
        },
        { ALT: () => this.#put('inode', this.CONSUME(t.Inode).image.slice(7, -2)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.BlockNumber);
            this.ACTION(() => {
              if (image.startsWith('block')) this.#put('block', image.slice(6, -2));
            });
          },
        },
        { ALT: () => this.#put('comm', this.CONSUME(t.Comm).image.slice(5, -2)) },
        { ALT: () => this.#put('path', this.CONSUME(t.Path).image.slice(5, -2)) },
        { ALT: () => this.#put('group', this.CONSUME(t.Group).image.slice(6, -2)) },
        { ALT: () => this.#put('what', this.CONSUME(Rest).image.trim()) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.sayDeclared(this.#said));
  });

  /** fs/xfs/xfs_error.c xfs_error_report(), xfs_buf_verifier_error(), xfs_inode_verifier_error(). */
  readonly xfs = this.RULE('xfs', () => {
    this.#said = {};
    const words: string[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.#put('device', /[("]([^)"]+)/.exec(this.CONSUME(t.XfsLead).image)?.[1]) },
        { ALT: () => this.#put('what', this.CONSUME(t.Finding).image) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.AtLine);
            this.ACTION(() => {
              const m = /line (\d+) of file (\S+?\.c)/.exec(image);
              this.#put('line', m?.[1]);
              this.#put('file', m?.[2]);
            });
          },
        },
        { ALT: () => this.#put('caller', functionOf(this.CONSUME(t.CalledBy).image.slice(7))) },
        { ALT: () => this.#put('verifier', functionOf(this.CONSUME(t.Verifier).image.replace(/^.*at /, ''))) },
        { ALT: () => this.#put('inode', this.CONSUME(t.XfsInode).image.slice(6)) },
        { ALT: () => this.#put('block', this.CONSUME(t.XfsBlock).image.slice(6)) },
        { ALT: () => this.#put('dquot', this.CONSUME(t.Dquot).image.replace(/^\w+ /, '')) },
        {
          ALT: () => {
            const { image } = this.CONSUME(Word);
            this.ACTION(() => {
              if (this.#said.what !== undefined && this.#said.line === undefined) words.push(image);
            });
          },
        },
      ]);
    });
    this.ACTION(() => {
      // the check that failed stands between `Internal error` and where it stands
      this.#put('check', words.join(' '));
      this.sayDeclared(this.#said);
    });
  });

  /** fs/btrfs/messages.c _btrfs_printk(), __btrfs_handle_fs_error(). */
  readonly btrfs = this.RULE('btrfs', () => {
    this.#said = {};
    const words: string[] = [];
    this.MANY(() => {
      this.OR([
        {
          ALT: () => {
            const { image } = this.CONSUME(t.BtrfsLead);
            this.ACTION(() => {
              const m = /^BTRFS:? (\w+)(?: \(device (\S+?)(?::? state (\w+))?\))?/.exec(image);
              this.#put('level', m?.[1]);
              this.#put('device', m?.[2]);
              this.#put('state', m?.[3]);
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.InFunction);
            this.ACTION(() => {
              const m = /in (\w+):(\d+)/.exec(image);
              this.#put('function', m?.[1]);
              this.#put('line', m?.[2]);
            });
          },
        },
        { ALT: () => this.#put('errno', this.CONSUME(t.Errno).image.slice(6)) },
        { ALT: () => this.#put('member', this.CONSUME(t.Member).image.slice(5, -7)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Count);
            this.ACTION(() => {
              const [name = '', value = ''] = image.split(/[ ,]/);
              this.#put(COUNTS.get(name) ?? name, value);
            });
          },
        },
        { ALT: () => this.#put('what', this.CONSUME(t.BtrfsFinding).image) },
        { ALT: () => words.push(this.CONSUME(Word).image) },
      ]);
    });
    this.ACTION(() => {
      this.#put('what', words.join(' '));
      this.sayDeclared(this.#said);
    });
  });

  constructor() {
    super(['ext', 'xfs', 'btrfs'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return { ext: () => this.SUBRULE(this.ext), xfs: () => this.SUBRULE(this.xfs), btrfs: () => this.SUBRULE(this.btrfs) };
  }
}

/** Counters of `bdev … errs:`, and the short names of what a checksum was for. */
const COUNTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    wr: 'writeErrors',
    rd: 'readErrors',
    flush: 'flushErrors',
    corrupt: 'corruptErrors',
    gen: 'generationErrors',
    ino: 'inode',
    off: 'offset',
  }),
);

/** The function of a symbol, without what the compiler split off; an address names none. */
const functionOf = (symbol: string): string | undefined =>
  /^(?!0x)([a-z_]\w*?)(?:\.(?:part|isra|constprop|cold)[.\d\w]*)?(?:\+0x|$)/i.exec(symbol)?.[1];
