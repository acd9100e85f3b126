/**
 * Text of strangers on a terminal: control characters move the cursor, rename the window and forge lines, and marks of
 * direction turn a line around. They are shown as escapes; nothing else is changed.
 */

/** C0 and C1 controls, DEL, line and paragraph separators, marks of direction, and what is no character at all. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escaped);
}

/** For text that may have lines of its own. */
export function printableLines(text: string): string {
  return text.replace(UNPRINTABLE, (sign) => (sign === '\n' || sign === '\t' ? sign : escaped(sign)));
}

/** JSON on one line or several, for the same reader: within strings these escapes mean what they stand for. */
export function printableJson(value: unknown, indent?: number): string {
  return printableLines(JSON.stringify(value, null, indent));
}

function escaped(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
