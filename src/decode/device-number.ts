/** Majors of SCSI disks, sixteen disks each (Documentation/admin-guide/devices.txt). */
const SD_MAJORS = [8, 65, 66, 67, 68, 69, 70, 71, 128, 129, 130, 131, 132, 133, 134, 135];

/** `65:48` → `sdt`, `8:18` → `sdb2`: a SCSI disk or its partition; undefined where the major is another driver's or was given out at run time. */
export function diskOfNumber(number: string): string | undefined {
  const [major, minor] = number.split(':').map(Number);
  const block = SD_MAJORS.indexOf(major ?? -1);
  if (block < 0 || minor === undefined || !Number.isInteger(minor) || minor < 0 || minor > 255) return undefined;
  const index = block * 16 + Math.floor(minor / 16);
  const partition = minor % 16;
  return `sd${letters(index)}${partition === 0 ? '' : partition}`;
}

/** 0 → `a`, 25 → `z`, 26 → `aa`: drivers/scsi/sd.c sd_format_disk_name(). */
function letters(index: number): string {
  let text = '';
  for (let n = index; n >= 0; n = Math.floor(n / 26) - 1) text = String.fromCharCode(97 + (n % 26)) + text;
  return text;
}
