/**
 * What may stand in a command: crash hands what follows `|` and `!` to a shell, and anybody can write to a log. Values that are not of
 * the plain form that kernels use are left out, with the step that needs them.
 */
const matching =
  (form: RegExp) =>
  (text: string | undefined): string | undefined =>
    text !== undefined && text.length <= 200 && form.test(text) ? text : undefined;

/** `fault_null`, `foo.isra.0`, `foo.cold`. */
export const safeSymbol = matching(/^[A-Za-z_][\w$]*(?:\.[\w$]+)*$/);
export const safeModule = matching(/^[A-Za-z0-9_][\w-]*$/);
export const safeAddress = matching(/^0x[0-9a-f]{1,16}$/);
export const safeDevice = matching(/^[A-Za-z0-9][\w.:-]*$/);
export const safeRelease = matching(/^\d[\w.+~-]*$/);
export const safeBuildId = matching(/^[0-9a-f]{8,64}$/);
export const safeId = matching(/^[A-Za-z0-9][\w.-]*$/);
/** A path below the cgroup root; it is quoted where it is used. */
export const safePath = matching(/^\/[\w./:@\\+-]*$/);

export const safePid = (pid: number | undefined): number | undefined =>
  pid !== undefined && Number.isInteger(pid) && pid > 0 ? pid : undefined;

/** A file that the user named, as a shell's word; undefined where its name could not be typed, or is an option's. */
export const fileWord = (name: string | undefined): string | undefined =>
  name === undefined || name.startsWith('-') || /[\x00-\x1f\x7f-\x9f]/.test(name) ? undefined : quoted(name);

/** A shell's word. */
export const quoted = (text: string): string => (/^[\w./:@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
