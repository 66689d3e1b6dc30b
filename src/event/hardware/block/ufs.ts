import { UFS_LINES as UFS } from '../../../../grammars/hardware/block/ufs-lines.ts';
import { plain } from '../plain.ts';
import { rule } from '../rule.ts';

export const UFS_RULES = [
  rule([UFS.ufshcd_err_handler], { title: 'UFS: error handler started[ (state {state})]', outcome: 'reset' }),
  rule([UFS.ufshcd_lost], { title: ({ what }) => `UFS: ${plain(what ?? 'device lost')}`, outcome: 'gone' }),
  rule([UFS.ufshcd_abort], {
    title: ({ what }) =>
      `UFS: ${what?.startsWith('uic') ? 'link command timed out' : what?.includes('reset') ? 'host reset' : 'command aborted'}`,
  }),
];
