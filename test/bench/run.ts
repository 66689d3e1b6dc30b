// `npm run bench [-- PART…]`: ratios against a peer or a floor measured in the same run. Prints what was promised beside what was got.
import type { Row } from './row.ts';

const PARTS: Readonly<Record<string, () => Promise<{ bench: () => Promise<Row[]> }>>> = {
  dumps: () => import('./dumps.ts'),
  start: () => import('./start.ts'),
  events: () => import('./events.ts'),
  oom: () => import('./oom.ts'),
  fleet: () => import('./fleet.ts'),
  store: () => import('./store.ts'),
  queue: () => import('./queue.ts'),
  tui: () => import('./tui.ts'),
  hostile: () => import('./hostile.ts'),
  inspect: () => import('./inspect.ts'),
};

const wanted = process.argv.slice(2);
const number = (n: number): string => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toPrecision(2));

for (const [part, load] of Object.entries(PARTS).filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
  console.log(part);
  for (const { name, figure, unit, floor, note } of await (await load()).bench()) {
    const promise = floor === undefined ? '' : `(promised ${number(floor)})`;
    console.log(`  ${name.padEnd(34)} ${number(figure).padStart(7)} ${unit.padEnd(14)} ${promise.padEnd(18)} ${note}`);
  }
}
