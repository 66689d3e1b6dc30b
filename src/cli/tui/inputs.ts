import { type Feed, feedOf } from '../../read/feed.ts';
import { expand } from '../../read/inputs/expand.ts';
import { groupFiles } from '../../read/inputs/group.ts';
import type { InputOptions } from '../../read/inputs/input.ts';
import type { InputGroup } from '../../read/inputs/input-file.ts';
import type { DashboardInput } from '../../tui/terminal/dashboard.ts';
import { inputProblem } from '../exit.ts';

/** What the dashboard is about: each input with its feed, and the files that it is read from again for the fleet. */
export interface DashboardInputs {
  readonly inputs: readonly DashboardInput[];
  readonly groups: readonly InputGroup[];
}

/**
 * Looks into archives, which takes its time, so that each dump and log in them is an input of its own; everything else waits to be opened.
 * @param onArchive told of each before it is looked through
 */
export async function dashboardInputs(
  files: readonly string[],
  options: InputOptions,
  onArchive: (name: string) => void,
): Promise<DashboardInputs> {
  const inputs: DashboardInput[] = [];
  const groups: InputGroup[] = [];
  const add = (group: InputGroup, read: Feed): void => {
    inputs.push({ name: group[0]?.name ?? '-', following: options.follow === true, read });
    groups.push(group);
  };
  for (const group of await groupFiles(files)) {
    try {
      // the members' bytes are needed as long as the dashboard is up
      const { groups: found, losses } = await expand(group, { ...options, skipPipes: true, onArchive });
      for (const [i, one] of found.entries()) add(one, i === 0 ? withLosses(feedOf(one, options), losses) : feedOf(one, options));
    } catch (error) {
      const reason = inputProblem(error);
      if (reason === undefined) throw error;
      add(group, async (take) => take({ kind: 'failed', reason }));
    }
  }
  return { inputs, groups };
}

/** What of an archive could not be read is told with its first input. */
const withLosses =
  (feed: Feed, losses: readonly string[]): Feed =>
  (take) =>
    feed((message) => take(message.kind === 'end' ? { ...message, losses: [...losses, ...message.losses] } : message));
