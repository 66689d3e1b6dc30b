/** The first word, without what follows its colon: `ata1.00: …` is `ata1`, `md/raid1:md0: …` is `md/raid1`. */
export const firstWord = (text: string): string => /^[^\s:.]+/.exec(text)?.[0] ?? '';
/** Of a form whose every line is a report: nothing gathers. */
export const alone = (): string => '';
/** The address of a PCI function, wherever it stands first. */
export const pciAddress = (text: string): string | undefined => /[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/.exec(text)?.[0];
