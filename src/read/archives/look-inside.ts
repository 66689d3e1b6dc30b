/** What is loaded when a FILE turns out to hold files: one door, so that the program is cut into fewer pieces. */
export { arrange } from './arrange.ts';
export { expandArchive } from './expand-archive.ts';
export { logsInSections } from './expand-sections.ts';
export { expandTree } from './expand-tree.ts';
