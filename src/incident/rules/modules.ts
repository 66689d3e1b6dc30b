import type { Event } from '../../event/event.ts';
import { recordsOf } from '../../event/records-of.ts';
import type { ModuleNote } from '../../record/log-notes.ts';
import { frameIn } from '../frames.ts';
import type { Clue } from '../rule.ts';
import { secondsText } from '../verdict/words.ts';

/** Seconds after which the loading of a module no longer matters: probing is over, and its code has run. */
const NEW = 60;
/** kernel/module/main.c, init/main.c: the module's init function runs below these. */
const LOADING = /^(?:do_init_module|do_one_initcall)$/;
/** The same for its exit function. */
const UNLOADING = /delete_module$|^free_module$/;

const BLAMED = ['oops', 'complaint', 'hung'] as const;

const moduleOf = ({ culprit, at }: Event): string | undefined => culprit?.module ?? at?.module;

/** What the log knows about the loading of a module. */
export const MODULE_CLUES: readonly Clue[] = [
  {
    name: 'module-comes-or-goes',
    why: 'an init function meets hardware and kernel for the first time, an exit function what still uses the module',
    unproven: 'what else the module did: it was not yet, or no longer, in use',
    of: BLAMED,
    find(event, notes) {
      const name = moduleOf(event);
      const [comes, goes] = [frameIn(event, LOADING), frameIn(event, UNLOADING)];
      const frame = comes ?? goes;
      if (name === undefined || frame === undefined || (comes !== undefined && goes !== undefined)) return undefined;
      const before = notes.module(name, event.boot, event.records.first);
      const says = `${name}${sorts(before)} was just being ${comes ? 'loaded' : 'unloaded'}`;
      return { says, evidence: [...before.map(({ record }) => record), recordsOf(event, frame)[0] ?? event.records.first] };
    },
  },
  {
    name: 'module-just-loaded',
    why: 'code that was loaded a moment ago runs for the first time',
    unproven: 'whether it matters that the module was new: only the time is near',
    of: BLAMED,
    find(event, notes) {
      const name = moduleOf(event);
      const before = name === undefined ? [] : notes.module(name, event.boot, event.records.first);
      const [begin] = before;
      if (begin?.uptime === undefined || event.uptime === undefined) return undefined;
      const seconds = event.uptime - begin.uptime;
      if (seconds < 0 || seconds > NEW) return undefined;
      const evidence = before.map(({ record }) => record);
      // a module's own first line comes from its init function, or from the first device that it found
      const says =
        begin.taint === undefined
          ? `the first line of ${name} came ${secondsText(seconds)} before`
          : `${name}${sorts(before)} had been loaded ${secondsText(seconds)} before`;
      return { says, evidence };
    },
  },
];

/** ` (out of tree, not signed)`: what the kernel said about the module when it loaded it. */
function sorts(notes: readonly ModuleNote[]): string {
  const said = notes.map(({ taint }) => taint).filter((taint) => taint !== undefined);
  return said.length > 0 ? ` (${said.join(', ')})` : '';
}
