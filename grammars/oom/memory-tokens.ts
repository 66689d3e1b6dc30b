import type { TokenType } from 'chevrotain';
import { Blank, Colon, DIGITS, Equals, FIELDS, Key, LETTERS, NodeWord, Num, Other, Unit, word } from './field-tokens.ts';
import { freeText, onlyFirst } from './free-text.ts';

// --- show_free_areas(): free blocks by order ---
export const FreeArea = word('FreeArea', DIGITS, /\d+\*\d+kB/);
export const MigrateTypes = word('MigrateTypes', '(', /\(\w*\)/);

// --- dump_unreclaimable_slab() ---
export const SlabName = freeText(
  'SlabName',
  onlyFirst((line) => {
    const found = /\s+\d+[kK]B\s+\d+[kK]B\s*$/.exec(line);
    return found ? found.index : -1;
  }),
  'fields',
);

// --- __show_mem(), since 6.10 ---
export const SizeText = word('SizeText', DIGITS, /\d+(?:\.\d+)? [KMGTPE]?i?B(?= )/);
export const FileLine = word('FileLine', `${LETTERS}.`, /[A-Za-z_.][\w./-]*:\d+/);
export const ModuleName = word('ModuleName', '[', /\[[\w-]+\]/);
export const FuncName = word('FuncName', 'f', /func:[\w.]+/);

/** Of mm/show_mem.c, mm/slab_common.c: all else is read in the mode `fields`. */
export const MEMORY_MODES: Readonly<Record<string, readonly TokenType[]>> = {
  buddy: [Blank, NodeWord, FreeArea, MigrateTypes, Num, Unit, Key, Colon, Equals, Other],
  slab: [SlabName, ...FIELDS],
  site: [SizeText, FileLine, FuncName, ModuleName, ...FIELDS],
};
