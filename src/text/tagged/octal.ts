const OCTAL = /#(007|010|011|012|015|033)/g;

/**
 * `#012` → newline: rsyslog's EscapeControlCharactersOnReceive. Only the control characters that logs do hold are taken back: `#` and
 * three digits can be a number as well.
 */
export const decodeOctal = (text: string): string =>
  text.includes('#0') ? text.replace(OCTAL, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8))) : text;
