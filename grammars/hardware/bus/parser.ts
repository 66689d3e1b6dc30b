import { LineParser } from '../../common/parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './tokens.ts';

/** Captures of one line. */
type Said = Record<string, string>;

/** Reads what PCI Express and IOMMUs print of an error: whose it was, and the pairs of names and values. */
export class BusParser extends LineParser {
  /** `driver device: ` in front of a message. */
  readonly owner = this.RULE('owner', (said: Said) => {
    const { image } = this.CONSUME(t.Owner);
    this.ACTION(() => {
      const [driver = '', device = ''] = image.split(' ');
      said.driver ??= driver;
      said.device ??= device;
    });
  });

  /** drivers/pci/pcie/aer.c aer_print_error(), __aer_print_error(), pci_print_aer(). */
  readonly aer = this.RULE('aer', () => {
    const said: Said = {};
    const words: string[] = [];
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.owner, { ARGS: [said] }) },
        {
          ALT: () => {
            const key = this.CONSUME(t.AerKey).image;
            const value = this.CONSUME(t.AerValue).image;
            this.ACTION(() => aerValue(said, key, value));
          },
        },
        { ALT: () => this.CONSUME(t.AerId) },
        { ALT: () => (said.agent = this.CONSUME(t.Agent).image.slice(1, -1)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.DeviceIds);
            this.ACTION(() => Object.assign(said, { vendorId: image.slice(1, 5), deviceId: image.slice(6, 10) }));
          },
        },
        { ALT: () => this.CONSUME(t.Bit) },
        { ALT: () => this.CONSUME(t.First) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.Colon) },
        { ALT: () => words.push(this.CONSUME(Word).image) },
      ]);
    });
    this.ACTION(() => {
      if (words.length > 0) said.error = words.join(' ');
      this.sayDeclared(said);
    });
  });

  /** drivers/pci/pcie/dpc.c dpc_process_error(). */
  readonly dpc = this.RULE('dpc', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.owner, { ARGS: [said] }) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.DpcPair);
            this.ACTION(() => (said[image.slice(0, 6)] = image.slice(7)));
          },
        },
        { ALT: () => (said.reason = this.CONSUME(t.DpcReason).image) },
        { ALT: () => (said.source = this.CONSUME(t.PciFunction).image) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.Colon) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.sayDeclared(said));
  });

  /** drivers/iommu: Intel's dmar_fault_do_one(), AMD's iommu_print_event(), the SMMUs of arm. */
  readonly iommu_event = this.RULE('iommu_event', () => {
    const said: Said = {};
    this.MANY(() => {
      this.OR([
        { ALT: () => this.SUBRULE(this.owner, { ARGS: [said] }) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Operation);
            this.ACTION(() => {
              const [, operation = '', pasid] = /^\[(.*?)(?: PASID (\w+)| NO_PASID)?\]$/.exec(image) ?? [];
              said.operation = operation;
              if (pasid !== undefined) said.pasid = pasid;
            });
          },
        },
        { ALT: () => (said.device = this.CONSUME(t.Bdf).image.slice(1, -1)) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.Pasid);
            // all ones is none
            this.ACTION(() => {
              if (!image.endsWith('ffffffff')) said.pasid = image.slice(6);
            });
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.FaultAt);
            this.ACTION(() => (said[image.startsWith('fault index') ? 'index' : 'address'] = image.slice(image.lastIndexOf(' ') + 1)));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.FaultReason);
            this.ACTION(() => (said.reason = image.slice(14, -1)));
            this.OPTION(() => (said.what = this.CONSUME(t.Reason).image));
          },
        },
        { ALT: () => this.CONSUME(t.EventOpen) },
        { ALT: () => (said.what = this.CONSUME(t.EventName).image) },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.EventColonPair);
            this.ACTION(() => pair(said, image, ': '));
          },
        },
        {
          ALT: () => {
            const { image } = this.CONSUME(t.EventPair);
            this.ACTION(() => pair(said, image, '='));
          },
        },
        { ALT: () => this.CONSUME(t.Close) },
        { ALT: () => this.CONSUME(t.Comma) },
        { ALT: () => this.CONSUME(t.Colon) },
        { ALT: () => this.CONSUME(Word) },
      ]);
    });
    this.ACTION(() => this.sayDeclared(said));
  });

  constructor() {
    super(['aer', 'dpc', 'iommu_event'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return {
      aer: () => this.SUBRULE(this.aer),
      dpc: () => this.SUBRULE(this.dpc),
      iommu_event: () => this.SUBRULE(this.iommu_event),
    };
  }
}

function aerValue(said: Said, key: string, value: string): void {
  const name = key.replace(/[=:] ?$/, '');
  if (name === 'status/mask') [said.status, said.mask] = value.trim().split('/') as [string, string];
  else said[AER_KEYS.get(name) ?? name] = value.trim();
}
const AER_KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    type: 'layer',
    aer_layer: 'layer',
    aer_agent: 'agent',
    aer_status: 'status',
    aer_mask: 'mask',
    aer_uncor_severity: 'uncorrectedSeverity',
  }),
);

/** A pair of an IOMMU's event: what the line itself names counts before the unit that speaks. */
function pair(said: Said, image: string, between: string): void {
  const at = image.indexOf(between);
  const name = IOMMU_KEYS.get(image.slice(0, at));
  if (name !== undefined) said[name] = image.slice(at + between.length);
}
const IOMMU_KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    device: 'device',
    client: 'device',
    event: 'what',
    domain: 'domain',
    pasid: 'pasid',
    address: 'address',
    gpa: 'address',
    spa: 'address',
    iova: 'address',
    fetch_addr: 'address',
    flags: 'flags',
    fsr: 'fsr',
    fsynr: 'fsynr',
    cbfrsynra: 'stream',
    cb: 'context',
    sid: 'sid',
  }),
);
