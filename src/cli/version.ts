declare const __VERSION__: string;

/** As package.json says; the build puts it in. */
export const VERSION: string = typeof __VERSION__ === 'string' ? __VERSION__ : 'from source';
