import { type Layout, PLAIN_LAYOUT } from './layout.ts';
import { JSON_AROUND, KERNEL_STAMP, LEVEL_BEHIND_TIME, OTHER_STAMP, STAMP_BEHIND_WALL, STAMP_INSIDE } from './line-kinds.ts';

/** Fewer lines than this say nothing about the rest. */
const FEW = 20;

/** The layout of lines that stand in no container: dmesg's output or a console. */
export function plainLayout(lines: readonly string[], coloured: boolean, crlf: boolean, name: string): Layout {
  let kernel = 0;
  let other = 0;
  let neighbours = 0;
  let inside = 0;
  let bare = 0;
  let levels = 0;
  let behindWall = 0;
  let lastStamped = false;
  let around = 0;
  for (const line of lines) {
    const stamped = KERNEL_STAMP.test(line);
    if (stamped) {
      kernel++;
      if (lastStamped) neighbours++;
      if (LEVEL_BEHIND_TIME.test(line)) levels++;
    } else if (OTHER_STAMP.test(line)) {
      other++;
      if (STAMP_BEHIND_WALL.test(line)) behindWall++;
    } else if (STAMP_INSIDE.test(line)) inside++;
    else if (JSON_AROUND.test(line)) around++;
    else if (!line.startsWith('          ')) bare++;
    lastStamped = stamped;
  }
  // what a printed object has around its message says nothing about messages
  const told = lines.length - around;
  const rare = kernel <= 2 && neighbours === 0 && kernel * 50 < told;
  const stamped = other * 2 > told || inside * 4 > told || told < FEW || !rare;
  const console = crlf || (bare + around > 0 && !/dmesg|proc.?kmsg/i.test(name));
  const vmcoreDmesg = /vmcore-dmesg/i.test(name) && kernel > 0;
  return {
    ...PLAIN_LAYOUT,
    form: vmcoreDmesg ? 'vmcore-dmesg' : console ? 'console' : 'dmesg',
    stamped,
    coloured,
    levelAfterTime: levels >= 3 && levels * 2 > kernel,
    stampAfterWall: behindWall >= 2 && behindWall * 2 >= other,
  };
}
