import type { Export, ExportContext } from '../../output/export/export.ts';
import { VERSION } from '../version.ts';

/** Forms of other programs that `events --format` and `incidents --format` write. */
export const EXPORTS = ['otlp', 'ecs', 'journal', 'prometheus', 'junit', 'sarif'] as const;
export type ExportForm = (typeof EXPORTS)[number];

export const isExport = (format: string): format is ExportForm => (EXPORTS as readonly string[]).includes(format);

/** Loads the one that was asked for. */
export async function exportOf(form: ExportForm, what: ExportContext['what']): Promise<Export> {
  const context = { now: Date.now(), version: VERSION, what };
  switch (form) {
    case 'otlp':
      return (await import('../../output/export/otlp.ts')).otlp(context);
    case 'ecs':
      return (await import('../../output/export/ecs.ts')).ecs(context);
    case 'journal':
      return (await import('../../output/export/journal.ts')).journal(context);
    case 'prometheus':
      return (await import('../../output/export/prometheus.ts')).prometheus(context);
    case 'junit':
      return (await import('../../output/export/junit.ts')).junit();
    case 'sarif':
      return (await import('../../output/export/sarif.ts')).sarif(context);
  }
}
