/**
 * Who printed a line, `T12` or `C3`, where a form says it in a field of its own (print_caller(), CONFIG_PRINTK_CALLER since 5.1); undefined
 * for anything else: a forged log may say there what acts on a terminal.
 */
export const callerOf = (text: string): string | undefined => /^[TC]\d{1,10}$/.exec(text.trim())?.[0];
