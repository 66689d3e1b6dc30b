import { int } from '../common/fields.ts';

/** The number behind `KEY: ` among `CPU: 1`, `PID: 30`. */
export function cpuNumber(images: readonly string[], key: string): number | undefined {
  const image = images.find((i) => i.startsWith(`${key}:`));
  const digits = image === undefined ? undefined : /-?\d+/.exec(image)?.[0];
  return digits === undefined ? undefined : int(digits);
}
