// Lines of others that begin with a letter: a look at their first two characters comes before any pattern, and must hide none.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ForeignKind, foreignKind } from '../../../src/text/shape/foreign.ts';

const HEADERS =
  'From To Cc Bcc Subject Date Message-ID Message-Id In-Reply-To References Reply-To Sender Received Return-Path Delivered-To Content-Type ' +
  'MIME-Version User-Agent X-Mailer List-Id Organization Precedence Reported-by Tested-by Reviewed-by Acked-by Suggested-by Signed-off-by ' +
  'Reported-and-tested-by Fixes Link Closes';
const KEYWORDS = 'import export const let var static struct typedef return def class function';

const LINES: readonly (readonly [ForeignKind, readonly string[]])[] = [
  ['mail', HEADERS.split(' ').map((name) => `${name}: value`)],
  ['mail', ['On Monday Jane wrote:', 'Am Montag schrieb Jane:', 'Le lundi Jane a \xc3\xa9crit :', 'El lunes Jane escribi\xc3\xb3:']],
  ['mail', ['Il lunedi Jane ha scritto:', 'Em segunda Jane escreveu:', 'Op maandag schreef Jane:']],
  [
    'shell session',
    ['user@host:~$ dmesg', 'zoe@host ~ % ls', 'Broadcast message from root@host (pts/1):', 'Message from syslogd@host at noon ...'],
  ],
  ['kernel configuration', ['CONFIG_KASAN=y']],
  ['patch', ['diff --git a/x b/x', 'index 0123456..89abcde 100644']],
  ['source code', KEYWORDS.split(' ').map((word) => `${word} x`)],
  [
    'source code',
    [
      'pr_warn("%s invoked oom-killer: gfp_mask=%#x(%pGg), order=%d, oom_score_adj=%hd\\n",',
      '> +\tpr_err("BUG: unable to handle page fault for address: %px\\n", (void *)address);',
      '-\t\tprintk(KERN_EMERG "Kernel panic - not syncing: %s\\n", buf);',
      'netdev_err(dev, "transmit queue %d timed out\\n", i);',
    ],
  ],
  ['web server log', ['fe80::1 - - [01/Jan/2024:00:00:00 +0000] "GET /"', 'a.b - - [01/Jan/2024:00:00:00', 'cafe::1 u v [01/Jan/2024:00:']],
  ['application log', ['time="2024" level=info msg="x"', 'ts=2024 x level=info', 'level=info ts=1 msg=x']],
  ['application log', [...'IWEF'].map((level) => `${level}0102 03:04:05.678901    1 main.go`)],
];

for (const [kind, lines] of LINES)
  test(`${kind}: ${lines[0]}`, () => {
    for (const line of lines) assert.is(foreignKind(line), kind, line);
  });

test('what drivers print is of none of them', () => {
  for (const line of [
    'usb 1-1: new device',
    'e1000e 0000:00:1f.6 eth0: up',
    'audit: type=1400',
    'Command line: root=/dev/sda',
    'printk: console [ttyS0] enabled',
    'dev_watchdog+0x277/0x280',
  ])
    assert.is(foreignKind(line), undefined, line);
});

test.run();
