/** What every object of JavaScript has: a table that is looked up by a word of the input must not know them. */
export const OBJECT_NAMES: readonly string[] = ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf'];

/** What comes out where one does: the text of a function, an object as a text. */
export const INHERITED = /\[native code\]|\[object [A-Z]\w*\]/;
