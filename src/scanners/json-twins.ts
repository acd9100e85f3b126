/** Whether an object in a JSON text has two members of one name: which of them counts is anybody's guess. */
import type { Json } from '../engine/object.js';

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** `value` is what the text is read as: it has fewer members than stand in the text if a name stands there twice. */
export function hasTwins(text: string, value: Json): boolean {
  const read = membersRead(value);
  // No text has fewer colons than members, and one that has as many has none within its strings.
  return colons(text) !== read && membersWritten(text) !== read;
}

function colons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

/** Each member has one colon outside of strings. */
function membersWritten(text: string): number {
  let members = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === COLON) members++;
    else if (unit === QUOTE) i = closing(text, i);
  }
  return members;
}

/** Where a string ends that begins here. */
function closing(text: string, from: number): number {
  let i = from + 1;
  for (; i < text.length && text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === BACKSLASH) i++;
  return i;
}

function membersRead(value: Json): number {
  let members = 0;
  const open: Json[] = [value];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== 'object' || one === null) continue;
    if (Array.isArray(one)) {
      for (const child of one) if (typeof child === 'object' && child !== null) open.push(child);
      continue;
    }
    const object = one as { readonly [key: string]: Json };
    // What was read from JSON inherits nothing that is enumerable.
    for (const key in object) {
      members++;
      const child = object[key];
      if (typeof child === 'object' && child !== null) open.push(child);
    }
  }
  return members;
}
