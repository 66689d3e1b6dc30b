import type { LogReport } from '../../src/printk/report.ts';

/** True where something readable should have been there and was not. */
export const hasLoss = (report: LogReport): boolean => report.lost.length > 0 || report.invalid > 0 || report.problems.length > 0;
