import { PartsParser } from '../../common/parts-parser.ts';
import { Word } from '../../common/tokens.ts';
import * as t from './scsi-tokens.ts';

/** Reads what the SCSI midlayer prints of a command: its result, its sense data, and the command itself. drivers/scsi/scsi_logging.c. */
export class ScsiParser extends PartsParser {
  /** `sd 2:0:7:0: [sdm] tag#3 ` and one of the three; until 3.17 the device had a line of its own. */
  readonly scsiLine = this.parts(
    'scsiLine',
    [t.Address, (image) => ({ address: image.replace(/^\w+ |: ?$/g, '') })],
    [t.Disk, (image) => ({ device: image.slice(1, -1) })],
    [t.Tag, (image) => ({ tag: image.slice('tag#'.length) })],
    [t.Disposition, (disposition) => ({ disposition })],
    [t.ResultLead],
    [t.Vendor],
    [t.KeyValue, (image) => keyOf(image)],
    [t.SenseKeyLead],
    [t.SenseKey, (image) => ({ senseKey: image.trim() })],
    [t.SenseFlag],
    [t.AddSense, (image) => ({ sense: image.slice('Add. Sense: '.length) })],
    [t.CdbLead],
    [t.CommandName, (image) => ({ cdb: image.replace(/:$/, '') })],
    [t.Bytes, (bytes) => ({ bytes })],
    [Word],
  );

  constructor() {
    super(['line'], t.MODES);
    this.performSelfAnalysis();
  }

  protected rules() {
    return { line: () => this.SUBRULE(this.scsiLine) };
  }
}

const KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({ hostbyte: 'host', driverbyte: 'driver', cmd_age: 'age', asc: 'asc', ascq: 'ascq' }),
);

/** `hostbyte=DID_OK`, `cmd_age=30s`. */
function keyOf(image: string): Readonly<Record<string, string>> {
  const at = image.indexOf('=');
  return { [KEYS.get(image.slice(0, at).toLowerCase()) ?? '']: image.slice(at + 1).replace(/s$/, '') };
}
