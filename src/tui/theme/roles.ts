/**
 * What a piece of a screen is. Named ANSI colours only, so that every palette, light or dark, decides how they look; the background is
 * never painted; a glyph or a word says the same beside each.
 */
export type Role =
  | 'fatal'
  | 'error'
  | 'degraded'
  | 'memory'
  | 'hung'
  | 'hardware'
  | 'dim'
  | 'title'
  | 'label'
  | 'guess'
  | 'culprit'
  | 'match'
  | 'symbol'
  | 'module'
  | 'number'
  | 'key'
  | 'selected';

interface Look {
  /** SGR parameters with colour. */
  readonly color: string;
  /** SGR parameters where colours are unwanted: weight and inversion are no colours. */
  readonly plain: string;
}

const LOOKS: Readonly<Record<Role, Look>> = {
  fatal: { color: '1;31', plain: '1' },
  error: { color: '31', plain: '' },
  degraded: { color: '33', plain: '' },
  memory: { color: '1;33', plain: '1' },
  hung: { color: '35', plain: '' },
  hardware: { color: '36', plain: '' },
  dim: { color: '2', plain: '2' },
  title: { color: '1', plain: '1' },
  label: { color: '34', plain: '' },
  guess: { color: '3', plain: '3' },
  culprit: { color: '1;35', plain: '1' },
  match: { color: '7', plain: '7' },
  symbol: { color: '36', plain: '' },
  module: { color: '35', plain: '' },
  number: { color: '32', plain: '' },
  key: { color: '1', plain: '1' },
  selected: { color: '7', plain: '7' },
};

/** How lines become bytes of a terminal. */
export interface Style {
  readonly color: boolean;
  /** Only ASCII reaches the terminal. */
  readonly ascii: boolean;
}

export const sgr = (role: Role, { color }: Style): string => (color ? LOOKS[role].color : LOOKS[role].plain);
