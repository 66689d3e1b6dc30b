import type { Incident } from '../event/event.ts';

/** crash acts on pipes, shell escapes and redirections even in a comment: only harmless characters stay. */
const HARMFUL = /[^\w .,:;()[\]/+@=%*-]+/g;

/** A file that `crash -i FILE` runs as is: each incident's commands under its verdict, none twice. */
export function crashScript(source: string, incidents: readonly Incident[]): string {
  const lines = [comment(`lastkmsg: ${source}`), comment('run with: crash -i THIS-FILE vmlinux vmcore')];
  const done = new Set<string>();
  for (const { id, verdict, nextSteps } of incidents) {
    const all = nextSteps.filter(({ tool }) => tool === 'crash');
    const steps = all.filter(({ command }) => !done.has(command));
    lines.push('', comment(`${id}: ${verdict}`));
    if (all.length > 0 && steps.length === 0) lines.push(comment('its commands stand above'));
    for (const { command, why } of steps) {
      done.add(command);
      lines.push(comment(why), command);
    }
  }
  return `${lines.join('\n')}\n`;
}

const comment = (text: string): string => `# ${text.replace(/["']/g, '').replace(HARMFUL, '?').slice(0, 400)}`;
