import { int, words } from '../../common/fields.ts';
import { lines } from '../../common/line.ts';

const VERBS = 'suspend|resume|freeze|quiesce|hibernate|thaw|restore|recover|power down';
const WHEN = 'async|noirq|late|early|async noirq|async late|async early';

/** Devices that do not go to sleep or do not wake up: drivers/base/power. */
export const POWER = lines({
  pm_dev_err: {
    printer: 'drivers/base/power/main.c pm_dev_err()',
    releases: '`PM: Device x failed to` until 5.4',
    examples: [
      'driver_xyz 0000:01:00.0: PM: failed to suspend async: error -16',
      'driver_xyz 0000:01:00.0: PM: failed to resume: error -110',
      'usb 4-1: PM: failed to prepare for suspend: error -5',
      'PM: Device 0000:01:00.0 failed to suspend async: error -16',
    ],
    start: new RegExp(String.raw`(?:PM: Device [^\n]{1,60}? |[^\n]{1,60}?: PM: )failed to (?:prepare for )?(?:${VERBS})`),
    opens: [
      { form: 'line', literals: ['PM: failed to '], at: 'message', test: (text) => /: PM: failed to [\w ]+?: error -\d+/.test(text) },
      { form: 'line', literals: ['PM: Device '], test: (text) => /failed to [\w ]+?: error -\d+/.test(text) },
    ],
    reads: [
      new RegExp(
        String.raw`^(?<driver>[\w-]+) (?<device>\S+): PM: failed to (?<what>(?:prepare for )?(?:${VERBS}))(?: (?<when>${WHEN}))?: error (?<errno>-\d+)`,
      ),
      new RegExp(
        String.raw`^PM: Device (?<device>\S+) failed to (?<what>(?:prepare for )?(?:${VERBS}))(?: (?<when>${WHEN}))?: error (?<errno>-\d+)`,
      ),
      /failed to (?<what>[\w ]+?): error (?<errno>-\d+)/,
    ],
    fields: { driver: words, device: words, what: words, when: words, errno: int },
  },
});
