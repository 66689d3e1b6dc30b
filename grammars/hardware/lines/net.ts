import type { OldFamily as Family } from '../../common/legacy.ts';
import { alone, says, starts } from './line-keys.ts';

const LINK = /(?:[ :](?:NIC )?(?:Copper )?[Ll]ink is [Dd]own|: (?:eth\d+: )?[Ll]ink [Dd]own$|link status definitely down for interface)/;

/**
 * Network devices. Inside a WARN (until 6.7) the watchdog's line belongs to the warning, which then is no warning of its own
 * (event/build/families.ts).
 */
export const net: Family = {
  name: 'net',
  openers: [
    { text: 'NETDEV WATCHDOG: ', form: 'line', at: 'message', test: (_, i) => i > 0 },
    ...says('hang', 'Detected Hardware Unit Hang', 'Detected Tx Unit Hang', 'tx hang ', 'Reset adapter'),
    ...says('line', 'Link is Down', 'Link is down', 'NIC Link is Down', 'link status definitely down').map((o) => ({
      ...o,
      test: (t: string) => LINK.test(t),
    })),
    ...['eth', 'igb: ', 'ixgbe: ', 'e1000: ', 'e1000e: ', 'bnx2x: '].map((text) => ({
      text,
      form: 'line',
      at: 'message' as const,
      test: (t: string) => LINK.test(t),
    })),
    ...['en', 'em', 'p1', 'p2', 'ib', 'wl'].map((text) => ({
      text,
      form: 'line',
      at: 'message' as const,
      test: (t: string) => LINK.test(t),
    })),
    ...starts('line', 'unregister_netdevice: waiting for '),
  ],
  forms: [
    { name: 'line', needs: 'nothing', key: alone, single: true },
    { name: 'hang', needs: 'nothing', key: alone, single: true },
  ],
};
