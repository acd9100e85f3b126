/**
 * What two spellings of a value have in common: letters without marks and case, digits of any script as ASCII, nothing that
 * cannot be seen. Only this form is ever hashed, on both sides.
 */

const PLAIN = /^[\x20-\x7e]*$/;
/** Letters that have no decomposition, as passports and clerks write them. */
const SPELT: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
};

/** Lower case, compatibility forms resolved, marks and invisible signs taken away. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłıħ]/g, (letter) => SPELT[letter]);
}

/** Letters and digits alone, of folded text. */
export function alnum(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Where a form is put together: a text that grows sign by sign costs an object for each. */
const scratch = Buffer.alloc(64);

/** The digits of a text, up to `end`; of more than 64 the first. */
export function digits(text: string, end = text.length): string {
  let count = 0;
  for (let i = 0; i < end && count < scratch.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x30 && unit <= 0x39) scratch[count++] = unit;
  }
  return count === text.length ? text : scratch.toString('latin1', 0, count);
}

/** A code without the signs between: letters and digits of folded text, in capitals. Most are plain, and need no fold. */
export function code(text: string): string {
  let count = 0;
  let changed = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7e || unit < 0x20 || count === scratch.length) return alnum(fold(text)).toUpperCase();
    const isDigit = unit >= 0x30 && unit <= 0x39;
    const capital = unit >= 0x61 && unit <= 0x7a ? unit - 0x20 : unit;
    if (isDigit || (capital >= 0x41 && capital <= 0x5a)) scratch[count++] = capital;
    if (capital !== unit) changed = true;
  }
  return count === text.length && !changed ? text : scratch.toString('latin1', 0, count);
}

/** Whether it is plain ASCII that a hand may read sign by sign. */
export function isPlain(text: string): boolean {
  return isPlainIn(text, 0, text.length);
}

/** The same of a stretch. */
export function isPlainIn(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7e || unit < 0x20) return false;
  }
  return true;
}
