/** `18d 04:03:09.870`, `04:03:09`: seconds since boot, with so many digits of the second. Cut, not rounded: 59.9999999 s is not the next minute. */
export function uptimeText(seconds: number, digits = 0): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.floor(seconds));
  const part =
    digits > 0
      ? Math.max(0, seconds - whole)
          .toFixed(9)
          .slice(1, digits + 2)
      : '';
  const [days, rest] = [Math.floor(whole / 86_400), whole % 86_400];
  const clock = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map((each) => `${each}`.padStart(2, '0')).join(':');
  return `${days > 0 ? `${days}d ` : ''}${clock}${part}`;
}
