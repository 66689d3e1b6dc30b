import type { OldFamily as Family } from '../../common/legacy.ts';
import { alone, says, starts } from './line-keys.ts';

/** Interrupts: kernel/irq/spurious.c prints a stack and the handlers; the others are lines. */
export const interrupt: Family = {
  name: 'interrupt',
  openers: [
    { text: 'irq ', form: 'bad', at: 'message', test: (t, i) => /^irq (?:\d+: nobody cared|event \d+: bogus)/.test(t.slice(i, i + 60)) },
    ...says('vector', 'do_IRQ: ', '__common_interrupt: ').map((o) => ({
      ...o,
      test: (t: string) => t.includes('No irq handler for vector'),
    })),
    ...says('vector', 'Flags mismatch irq ', 'APIC error on CPU'),
    ...starts('nmi', 'Uhhuh. NMI received', 'NMI: PCI system error', 'NMI: IOCK error', 'NMI: memory parity error'),
    ...says('nmi', 'Uhhuh. NMI received'),
    ...starts(
      'nmi-field',
      'Dazed and confused, but trying to continue',
      'Do you have a strange power saving mode',
      'You have some hardware problem',
    ),
  ],
  forms: [
    { name: 'bad' },
    { name: 'vector', needs: 'nothing', key: alone, single: true },
    { name: 'nmi', needs: 'nothing', key: () => 'nmi' },
    { name: 'nmi-field', needs: 'nothing', key: () => 'nmi', further: true },
  ],
  continues: (text) => /^(?:handlers:|Disabling IRQ #|\[<[0-9a-f(]+[^>]*>\] |threaded \[)/.test(text.trimStart()),
  closes: (text) => text.startsWith('Disabling IRQ #'),
};
