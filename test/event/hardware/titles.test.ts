// Titles that say another word for another line of their row.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { eventsOf } from '../../support/read-events.ts';

const TITLES: readonly (readonly [line: string, title: string])[] = [
  ['ufshcd-qcom 1d84000.ufshc: ufshcd_abort: Device abort task at tag 12', 'UFS: command aborted'],
  ['ufshcd-qcom 1d84000.ufshc: ufshcd_eh_host_reset_handler: reset in progress - 1', 'UFS: host reset'],
  ['ufshcd-qcom 1d84000.ufshc: uic cmd 0x17 with arg3 0x0 completion timeout', 'UFS: link command timed out'],
];

for (const [line, title] of TITLES)
  test(line, () =>
    assert.equal(
      eventsOf(`[    9.000000] ${line}\n`).map((event) => event.title),
      [title],
    ),
  );

test.run();
