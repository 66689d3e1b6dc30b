import type { Place } from './state/place.ts';
import { type Effect, EXPORT_FORMATS, type Prompt, placeOf, type State } from './state/state.ts';

/** How several filters are written in one line; all must hold. */
export const FILTERS_JOIN = ' & ';

/** The place on top replaced. */
const here = (state: State, place: Place): State => ({ ...state, places: [...state.places.slice(0, -1), place] });

type Reduced = readonly [State, readonly Effect[]];

/** A key while the bottom line asks for something. */
export function promptKey(state: State, prompt: Prompt, name: string): Reduced {
  const closed: State = { ...state, prompt: undefined };
  switch (prompt.kind) {
    case 'search':
    case 'filter':
      return typed(state, closed, prompt, name);
    case 'export': {
      const format = EXPORT_FORMATS[name as keyof typeof EXPORT_FORMATS];
      const place = placeOf(state);
      if (format === undefined) return [closed, []];
      return [closed, [place.screen === 'fleet' ? { kind: 'export-fleet', format } : { kind: 'export', source: place.source, format }]];
    }
    case 'mark':
      if (!/^\p{L}$/u.test(name)) return [closed, []];
      return [{ ...closed, marks: new Map([...state.marks, [name, placeOf(state)]]), notice: `marked ${name}` }, []];
    case 'to-mark': {
      const mark = state.marks.get(name);
      if (mark === undefined) return [{ ...closed, notice: /^\p{L}$/u.test(name) ? `no mark ${name}` : undefined }, []];
      return [{ ...closed, places: [...state.places, mark], forward: [] }, []];
    }
  }
}

function typed(state: State, closed: State, prompt: Extract<Prompt, { text: string }>, name: string): Reduced {
  const text = edited(prompt.text, name);
  if (text !== undefined) return [{ ...state, prompt: { ...prompt, text } }, []];
  const place = placeOf(state);
  if (name === 'esc' || (name === 'backspace' && prompt.text === '')) {
    return [prompt.kind === 'search' ? { ...closed, places: [...state.places.slice(0, -1), prompt.from] } : closed, []];
  }
  if (name !== 'enter') return [state, []];
  if (prompt.kind === 'search') return [here(closed, { ...place, query: prompt.text }), []];
  const filters = prompt.text.split(FILTERS_JOIN).filter((filter) => filter.trim() !== '');
  const filtered = here(closed, { ...place, filters, filtering: true });
  return [filters.length === 0 ? { ...filtered, notice: 'filters cleared' } : filtered, []];
}

/** The text after an editing key; undefined where the key does not edit. */
function edited(text: string, name: string): string | undefined {
  if (name === 'space') return `${text} `;
  if (name === 'backspace' && text !== '') return [...text].slice(0, -1).join('');
  if (name === 'ctrl-u') return '';
  if (name === 'ctrl-w') return text.replace(/\S+\s*$/, '');
  return [...name].length === 1 ? text + name : undefined;
}
