/** What a piece of text is; only named ANSI colours, so that the terminal's own theme decides how they look. */
export type Role = 'fatal' | 'error' | 'warning' | 'info' | 'title' | 'label' | 'muted' | 'culprit' | 'guess';

/** SGR parameters: on, off. */
const SGR: Readonly<Record<Role, readonly [on: string, off: string]>> = {
  fatal: ['1;31', '0'],
  error: ['31', '0'],
  warning: ['33', '0'],
  info: ['36', '0'],
  title: ['1', '0'],
  label: ['34', '0'],
  muted: ['2', '0'],
  culprit: ['1;35', '0'],
  guess: ['3', '0'],
};

/** Paints text in a role, or leaves it as it is. */
export type Paint = (role: Role, text: string) => string;

/** No colour at all. */
export const plain: Paint = (_role, text) => text;

const ansi: Paint = (role, text) => (text ? `\x1b[${SGR[role][0]}m${text}\x1b[${SGR[role][1]}m` : text);

/**
 * Whether to colour: `--color` first, then NO_COLOR (https://no-color.org: any value but the empty one), then whether the
 * output is a terminal that can.
 */
export function painter(
  choice: 'auto' | 'always' | 'never',
  world: { noColor: string | undefined; term: string | undefined; isTerminal: boolean },
): Paint {
  if (choice === 'always') return ansi;
  if (choice === 'never' || world.noColor || world.term === 'dumb') return plain;
  return world.isTerminal ? ansi : plain;
}
