// Names of Rust functions, of both mangling schemes, as the source has them; whatever else stands there is left as it is.
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rustName } from '../../../grammars/call-trace/rust-name.ts';

const NAMES: readonly (readonly [string, string])[] = [
  ['_RNvCscSpY9Juk0HT_7___rustc17rust_begin_unwind', '__rustc::rust_begin_unwind'],
  ['_RNvNtCs9jEwPDbx20M_4core9panicking9panic_fmt', 'core::panicking::panic_fmt'],
  ['_RNvMs3_NtCshgDM7dBCdno_10driver_xyz7processNtB5_7Process10update_ref', '<driver_xyz::process::Process>::update_ref'],
  ['_RNvXs1b_NtCs9jEwPDbx20M_4core3fmtRNtNtB8_5panic4InfoNtB6_7Display3fmt', '<&core::panic::Info as core::fmt::Display>::fmt'],
  ['_RINvNtC3std3mem8align_ofjE', 'std::mem::align_of::<usize>'],
  ['_RNCNvC3foo3bar0', 'foo::bar::{closure#0}'],
  ['_RNvMCs1_3fooINtB2_4RingAhj40_E4pushB2_', '<foo::Ring<[u8; 64]>>::push'],
  ['_ZN4core9panicking5panic17h0123456789abcdefE', 'core::panicking::panic'],
  ['_ZN47_$LT$driver_xyz..Ring$u20$as$u20$core..Drop$GT$4drop17h930b740aa94f1d3aE', '<driver_xyz::Ring as core::Drop>::drop'],
];
for (const [mangled, name] of NAMES) test(name, () => assert.is(rustName(mangled), name));

test('what is no name of Rust, is cut or turns in circles stays', () => {
  for (const symbol of [
    '_RBB',
    '_RB_',
    '_RNvB_3foo',
    '_ZN3foo',
    '_ZN3fooE',
    '_RNvC3fo',
    '_RNv',
    '_R',
    'tcp_ack',
    '_RINvC1fB2_E',
    `_R${'N'.repeat(9999)}`,
  ])
    assert.is(rustName(symbol), symbol);
});

test('never throws, never loops, whatever a log has there', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'CMXYNIBEvtsRQPOTSAKL_0123n4foo'), maxLength: 60 });
  fc.assert(fc.property(letters, (rest) => rustName(`_R${rest}`).length <= 1000));
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (rest) => typeof rustName(`_ZN${rest}`) === 'string'));
});

test.run();
