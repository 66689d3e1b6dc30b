import { seconds } from './format.ts';
import { safeBytes } from './safe-text.ts';

/** A fragment as `dmesg --salvage` shows it: each line marked, so that none can be taken for a record. */
export function fragmentText({ text, seq, usec, inFlight }: FragmentFacts): string {
  const facts = [
    'salvaged',
    ...(seq === undefined ? [] : [`record ${seq}`]),
    ...(usec === undefined ? [] : [seconds(usec).trimStart()]),
    ...(inFlight ? ['in flight'] : []),
  ];
  const mark = `[${facts.join(', ')}] `;
  return mark + safeBytes(text).replaceAll('\n', `\n${mark}`);
}

interface FragmentFacts {
  readonly text: string;
  readonly seq?: number | undefined;
  readonly usec?: number | undefined;
  readonly inFlight?: boolean | undefined;
}
