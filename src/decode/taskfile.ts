/**
 * The sector that a result's taskfile names, from libata's twelve bytes `41/40:00:78:41:02/00:00:0a:00:00/00`: status, error, count, LBA 0–23;
 * the same bytes' upper halves (LBA 24–47); device. 28-bit commands have bits 24–27 in the device byte (ATA8-ACS 4.1.2).
 */
export function sectorOf(taskfile: string, wide: boolean): number | undefined {
  const bytes = taskfile.split(/[/:]/).map((text) => Number.parseInt(text, 16));
  if (bytes.length !== 12 || bytes.some(Number.isNaN)) return undefined;
  const [, , , low = 0, mid = 0, high = 0, , , low2 = 0, mid2 = 0, high2 = 0, device = 0] = bytes;
  const below = low + mid * 2 ** 8 + high * 2 ** 16;
  return wide ? below + low2 * 2 ** 24 + mid2 * 2 ** 32 + high2 * 2 ** 40 : below + (device & 15) * 2 ** 24;
}
