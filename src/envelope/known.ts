/**
 * The identifiers that a message has itself given away: the patient's number, and what was found in its content. They must
 * not stand in its handles, key or headers either, however they are written there. What is asked costs the length of the
 * text, however many are known.
 */
import type { Category } from '../../detectors/contract.js';

/** Ours, folded: it gives nobody away. */
const REFERENCE = /^\[other-id:[a-z2-7]{16}\]$/;
/** Longer ones are known by how they begin. */
const UNITS_MAX = 64;
/** Shorter ones stand in too much that is none. */
const UNITS_MIN = 5;
const NAME_UNITS_MIN = 4;
const PART_UNITS_MIN = 2;
/** A place or a day in words tells nobody apart. */
const NOT_BY_WORDS: ReadonlySet<Category> = new Set<Category>(['geography', 'date']);

/** A text no longer than this is looked at before anything is looked up. */
const SHORT_UNITS_MAX = 256;
const ASCII = 128;
const BACKSLASH = 0x5c;

/** A value that has not been looked at more closely yet. */
interface Found {
  readonly category: Category;
  readonly value: string;
}

export class Known {
  /** What the engine found; looked up in the tables below only once that may be worth it, which it seldom is. */
  private readonly values: Found[] = [];
  private indexed = 0;
  /** Which ASCII characters stand in the text in hand. */
  private readonly there = new Uint8Array(ASCII);
  /** Letters and digits of what is known, by their length. */
  private readonly squeezed = new Map<number, Set<string>>();
  /** Names of one word, and words of longer ones, of which it takes two. */
  private readonly names = new Set<string>();
  private readonly parts = new Set<string>();
  /** Of a patient: as it stands, whatever its length. */
  private readonly persons = new Set<string>();
  /** Texts in which none of what is known so far stands: a handle is asked about where it stands, and again in the facts. */
  private readonly without = new Set<string>();

  clear(): void {
    // What is emptied is made anew within, also if there was nothing in it.
    if (this.without.size > 0) this.without.clear();
    if (this.values.length > 0) this.values.length = 0;
    this.indexed = 0;
    if (this.squeezed.size > 0) this.squeezed.clear();
    if (this.names.size > 0) this.names.clear();
    if (this.parts.size > 0) this.parts.clear();
    if (this.persons.size > 0) this.persons.clear();
  }

  person(value: string): void {
    const whole = folded(value).trim();
    if (whole === '' || REFERENCE.test(whole)) return;
    if (this.without.size > 0) this.without.clear();
    this.persons.add(whole);
    this.keep(squeeze(whole));
  }

  /** What the engine found, as it stands in the text. */
  found(category: Category, value: string): void {
    if (this.without.size > 0) this.without.clear();
    this.values.push({ category, value });
  }

  private index({ category, value }: Found): void {
    const whole = folded(value.includes('\\') ? unescaped(value) : value);
    const short = squeeze(whole);
    const digits = /\p{Nd}/u.test(short);
    if (category === 'name') this.name(whole);
    const counts = category === 'name' ? /\P{L}/u.test(whole.trim()) : digits || !NOT_BY_WORDS.has(category);
    if (counts && short.length >= UNITS_MIN) this.keep(short);
  }

  /** Whether any of it stands in a text. */
  standsIn(text: string): boolean {
    if ((this.values.length === 0 && this.persons.size === 0) || this.without.has(text)) return false;
    const found = this.isIn(text);
    if (!found) this.without.add(text);
    return found;
  }

  private isIn(text: string): boolean {
    if (text.length > SHORT_UNITS_MAX || this.mayStandIn(text))
      for (; this.indexed < this.values.length; this.indexed++) this.index(this.values[this.indexed]);
    if (this.indexed === 0 && this.persons.size === 0) return false;
    const whole = folded(text);
    for (const person of this.persons) if (whole.includes(person)) return true;
    const short = squeeze(whole);
    for (const [length, all] of this.squeezed) {
      for (let i = 0; i + length <= short.length; i++) if (all.has(short.slice(i, i + length))) return true;
    }
    if (this.names.size === 0 && this.parts.size === 0) return false;
    const words = new Set(whole.match(/\p{L}+/gu));
    let parts = 0;
    for (const word of words) {
      if (this.names.has(word)) return true;
      if (this.parts.has(word) && ++parts === 2) return true;
    }
    return false;
  }

  /** False if no value begins with the characters of a short text, and no word of one is made of them. */
  private mayStandIn(text: string): boolean {
    const { there } = this;
    there.fill(0);
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c >= ASCII) return true;
      there[c] = 1;
      if (isLetter(c)) there[c ^ 0x20] = 1;
    }
    for (const { category, value } of this.values) if (isMadeOf(value, there, category === 'name')) return true;
    return false;
  }

  private name(whole: string): void {
    const words = whole.match(/\p{L}+/gu) ?? [];
    if (words.length === 1) {
      if (words[0].length >= NAME_UNITS_MIN) this.names.add(words[0]);
    } else for (const word of words) if (word.length >= PART_UNITS_MIN) this.parts.add(word);
  }

  private keep(short: string): void {
    const begin = short.slice(0, UNITS_MAX);
    if (begin === '') return;
    const all = this.squeezed.get(begin.length);
    if (all === undefined) this.squeezed.set(begin.length, new Set([begin]));
    else all.add(begin);
  }
}

/** Whether a value begins with characters that are there, or, of a name, a word is made of them. */
function isMadeOf(value: string, there: Uint8Array, named: boolean): boolean {
  let begins = true;
  let units = 0;
  let word = 0;
  for (let i = 0; i < value.length; i++) {
    const c = value.charCodeAt(i);
    if (c >= ASCII || c === BACKSLASH) return true;
    const letter = isLetter(c);
    if (!letter) {
      if (named && word >= PART_UNITS_MIN) return true;
      word = 0;
      if (c < 0x30 || c > 0x39) continue;
    }
    if (there[c] === 0) {
      if (!named) return false;
      begins = false;
      if (letter) word = Number.NEGATIVE_INFINITY;
    } else {
      if (begins && ++units === UNITS_MIN) return true;
      if (letter) word++;
    }
  }
  return named && word >= PART_UNITS_MIN;
}

function isLetter(c: number): boolean {
  return ((c | 0x20) - 0x61) >>> 0 < 26;
}

/** One form for all ways to write the same letters and digits. */
function folded(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cf}|\p{Cc}/gu, '')
    .toLowerCase();
}

function squeeze(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}
