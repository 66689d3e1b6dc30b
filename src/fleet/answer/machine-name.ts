/** A machine's model and its firmware, from the hardware line of a report. */
export interface MachineName {
  readonly model?: string | undefined;
  readonly firmware?: string | undefined;
}

/** `Dell Inc. PowerEdge R640/0H28RR, BIOS 2.10.2 02/24/2021` (dmi_format_ids(), drivers/firmware/dmi_scan.c). */
const DMI = /^(?<model>.*?),? BIOS (?<firmware>.+)$/s;
/** `IBM,9009-42A POWER9 (raw) 0x4e2202 0xf000005 of:IBM,FW950.50 (VL950_105) pSeries` (arch/powerpc/kernel/setup-common.c). */
const POWER = /^(?<model>.*?) 0x[0-9a-f]+(?: 0x[0-9a-f]+)? (?:of|opal):(?<firmware>.+?)(?: hv:.*)? \w+$/s;

/** Boards that name themselves by their device tree alone are a model without a firmware. */
export function machineOf(hardware: string): MachineName {
  const { model, firmware } = (DMI.exec(hardware) ?? POWER.exec(hardware))?.groups ?? {};
  return firmware === undefined ? { model: hardware } : { ...(model && { model }), firmware };
}
