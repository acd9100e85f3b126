/**
 * Where the members of a JSON object stand in its text, one level deep, without building values: what is not replaced
 * stays byte for byte. It is lax inside of values, since each of them is read or scanned for itself; `null` means that the
 * text is not one object.
 */

export interface Member {
  readonly name: string;
  /** Of the value, in code units. */
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

export function membersOf(text: string): readonly Member[] | null {
  let at = blanks(text, 0);
  if (text.charCodeAt(at) !== 0x7b) return null;
  const members: Member[] = [];
  at = blanks(text, at + 1);
  if (text.charCodeAt(at) === 0x7d) return blanks(text, at + 1) === text.length ? members : null;
  for (;;) {
    if (text.charCodeAt(at) !== QUOTE) return null;
    const nameEnd = stringEnd(text, at);
    if (nameEnd < 0) return null;
    const name = nameOf(text.slice(at, nameEnd));
    if (name === null) return null;
    at = blanks(text, nameEnd);
    if (text.charCodeAt(at) !== 0x3a) return null;
    const start = blanks(text, at + 1);
    const end = valueEnd(text, start);
    if (end <= start) return null;
    members.push({ name, start, end });
    at = blanks(text, end);
    const sign = text.charCodeAt(at);
    if (sign === 0x7d) return blanks(text, at + 1) === text.length ? members : null;
    if (sign !== 0x2c) return null;
    at = blanks(text, at + 1);
  }
}

/** Escapes in a name are read, so that `"content"` is found out to be `content`. */
function nameOf(quoted: string): string | null {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return null;
  }
}

function blanks(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
  }
  return at;
}

function stringEnd(text: string, at: number): number {
  for (let i = at + 1; ; ) {
    const quote = text.indexOf('"', i);
    if (quote < 0) return -1;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return quote + 1;
    i = quote + 1;
  }
}

function valueEnd(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === QUOTE) return stringEnd(text, at);
  if (first !== 0x7b && first !== 0x5b) {
    let i = at;
    for (; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 0x2c || c === 0x7d || c === 0x5d || c <= 0x20) break;
    }
    return i;
  }
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      const end = stringEnd(text, i);
      if (end < 0) return -1;
      i = end - 1;
    } else if (c === 0x7b || c === 0x5b) depth++;
    else if ((c === 0x7d || c === 0x5d) && --depth === 0) return i + 1;
  }
  return -1;
}
