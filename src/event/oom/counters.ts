/**
 * Counters that stand beside the fields of a row, under the kernel's names. A damaged or forged line may call one as a field is called
 * (`pid:9`, `name:4`), whose place it does not take.
 */
export const besides = (fields: readonly string[], counters: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counters).filter(([name]) => !fields.includes(name)));
