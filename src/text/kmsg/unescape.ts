const hex = (code: number): number => (code >= 0x30 && code <= 0x39 ? code - 0x30 : code >= 0x61 && code <= 0x66 ? code - 0x57 : -1);

/** `\x0a` → the byte: /dev/kmsg writes every byte < 0x20, ≥ 0x7f and the backslash so (append_char() of kernel/printk, since 3.5). */
export function unescapeKmsg(text: string): string {
  let at = text.indexOf('\\x');
  if (at < 0) return text;
  let out = '';
  let from = 0;
  while (at >= 0) {
    const value = (hex(text.charCodeAt(at + 2)) << 4) | hex(text.charCodeAt(at + 3));
    if (value >= 0) {
      out += text.slice(from, at) + String.fromCharCode(value);
      from = at + 4;
      at = text.indexOf('\\x', from);
    } else at = text.indexOf('\\x', at + 2);
  }
  return out + text.slice(from);
}
