// Why a zone could not serve a request, state by state, and the sentence over all zones.
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Oom, OomZone } from '../../../src/event/event.ts';
import type { OomFindings } from '../../../src/event/oom/findings.ts';
import { checkZones, type ZoneCheck } from '../../../src/event/oom/zone-check.ts';
import { zonesVerdict } from '../../../src/event/oom/zones-verdict.ts';

const zone = (more: Partial<OomZone> = {}): OomZone =>
  ({ name: 'Normal', node: 0, freeKb: 20_000, minKb: 1000, lowKb: 2000, highKb: 3000, managedKb: 900_000, ...more }) as OomZone;
const check = (zones: readonly OomZone[], flags: readonly string[] = [], order = 0, oom: Partial<Oom> = {}): ZoneCheck[] =>
  checkZones({ ...oom, zones: [...zones] } as Oom, { order, flags: new Set(flags) }, 4);
const stateOf = (one: Partial<OomZone>, flags: readonly string[] = [], order = 0): string | undefined =>
  check([zone(one)], flags, order)[0]?.state;
const verdict = (zones: readonly ZoneCheck[], order = 0): string | undefined =>
  zonesVerdict({ zones, oom: { trigger: { order } } } as unknown as OomFindings);

test('free memory against the marks, at each of them and one above', () => {
  const states = [1000, 1001, 3000, 3001].map((freeKb) => stateOf({ freeKb }));
  assert.equal(states, ['below-min', 'below-high', 'below-high', 'enough']);
  // lowmem_reserve[] of a zone that requests for higher ones fall back to, in pages
  const reserve = { name: 'DMA32', lowmemReserve: [0, 500, 500] };
  assert.equal(
    [3000, 3001, 5001].map((freeKb) => stateOf({ ...reserve, freeKb })),
    ['reserved', 'below-high', 'enough'],
  );
});

test('who may use CMA areas and atomic reserves has more than who may not', () => {
  assert.is(stateOf({ freeCmaKb: 19_500 }), 'kept');
  assert.is(stateOf({ freeCmaKb: 19_500 }, ['MOVABLE']), 'enough');
  assert.is(stateOf({ freeHighatomicKb: 19_500 }), 'kept');
  assert.is(stateOf({ freeHighatomicKb: 19_500 }, ['HIGH']), 'enough');
  assert.is(stateOf({ freeKb: 900 }), 'below-min');
  assert.is(stateOf({ freeKb: 900, highKb: 800 }, ['HIGH']), 'enough', 'half of the minimum is for __GFP_HIGH');
});

test('of an order: no block of it, or blocks that are kept', () => {
  const buddy = (order: number, types?: string) => [{ order, count: 3, ...(types === undefined ? {} : { types }) }] as never;
  assert.equal(
    [buddy(1), buddy(2), buddy(3), buddy(3, 'U'), buddy(3, 'HI'), buddy(3, 'HU')].map((blocks) => stateOf({ buddy: blocks }, [], 2)),
    ['fragmented', 'enough', 'enough', 'enough', 'kept', 'enough'],
  );
  assert.equal([stateOf({ buddy: buddy(3, 'C') }, [], 2), stateOf({ buddy: buddy(3, 'C') }, ['MOVABLE'], 2)], ['kept', 'enough']);
  assert.is(stateOf({ buddy: buddy(3, 'H') }, ['HIGH'], 2), 'enough', 'blocks for atomic requests serve these');
  assert.is(stateOf({ buddy: [{ order: 4, count: 0 }] as never }, [], 2), 'fragmented');
  assert.match(
    verdict(check([zone({ buddy: buddy(3, 'HI') })], [], 2), 2) ?? '',
    /^no free block of order 2 but what is kept for CMA or atomic requests, although .* are free besides \(fragmentation\)$/,
  );
});

test('where the request may not go', () => {
  const [low, high] = check([zone({ name: 'DMA32', freeKb: 500 }), zone({ freeKb: 800_000 })], ['DMA32']);
  assert.equal([low?.state, high?.state], ['below-min', 'too-high']);
  assert.match(verdict([low!, high!]) ?? '', /; .* are free in zones that the request may not use \(Normal\)$/);
  const [here, there] = check([zone({ freeKb: 500 }), zone({ node: 1, freeKb: 800_000 })], [], 0, { memsAllowed: '0' });
  assert.equal([here?.state, there?.state], ['below-min', 'not-allowed']);
  assert.match(verdict([here!, there!]) ?? '', /; .* are free on nodes that the request may not use \(1\)$/);
  assert.match(verdict([there!]) ?? '', /are free, all of it on nodes that the request may not use \(1\)$/);
  assert.match(verdict([there!, high!]) ?? '', /are free, all of it in zones or nodes that the request may not use$/);
  assert.is(verdict([there!, ...check([zone({ minKb: undefined as never })])]), undefined, 'of a zone that is not known nothing is said');
});

test('that free memory is kept is the reason only where no other zone could have served', () => {
  const [kept, enough, low] = check([
    zone({ freeKb: 50_000, freeCmaKb: 49_500 }),
    zone({ name: 'DMA32', freeKb: 20_000 }),
    zone({ name: 'DMA', freeKb: 100 }),
  ]);
  assert.equal([kept?.state, enough?.state, low?.state], ['kept', 'enough', 'below-min']);
  assert.match(verdict([kept!, low!]) ?? '', /^of .* free most are kept: .* in CMA areas$/);
  assert.not.match(verdict([kept!, enough!]) ?? '', /kept/);
});

test.run();
