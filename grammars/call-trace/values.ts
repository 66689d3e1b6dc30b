/** The number behind `KEY: ` among `CPU: 1`, `PID: 30`. */
export function cpuNumber(images: readonly string[], key: string): number | undefined {
  const image = images.find((i) => i.startsWith(`${key}:`));
  const digits = image === undefined ? undefined : /\d+/.exec(image)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** The pid that a stack's title names: `Allocated by task 4655:`, `Call trace for task 7:`. */
export function tracePid(text: string): number | undefined {
  const digits = /(?:task|pid|PID)[ =:]+(\d+)/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
