/**
 * What is kept of a patient's name: 96 bits of keyed hashes of its parts (the family name whole, how it begins, ends and
 * sounds; what the given name is short for), enough to tell whether a name in a message may be this one with a slip of the
 * pen, and too little to read it back. People of one birth date stand side by side, so that a date is one short walk.
 */
import { SipHash } from '../fingerprint/siphash.js';
import { initialsOf, rootOf, rootsOf } from './nicknames.js';
import type { PersonName } from './person-name.js';
import { phonetic } from './phonetic.js';
import { Remembered } from './remembered.js';

export const signatureWords = 3;

/**
 * Fields of the three words: where each begins and how wide it is. Their values are counted, since what is common says little. The
 * first word is what a walk over a day asks of each row.
 */
export const FIELDS = {
  head: { word: 0, shift: 22, bits: 10 },
  tail: { word: 0, shift: 12, bits: 10 },
  ends: { word: 0, shift: 5, bits: 7 },
  initial: { word: 0, shift: 0, bits: 5 },
  whole: { word: 1, shift: 20, bits: 12 },
  sound: { word: 1, shift: 11, bits: 9 },
  letters: { word: 1, shift: 5, bits: 6 },
  givenHead: { word: 1, shift: 0, bits: 5 },
  root: { word: 2, shift: 21, bits: 11 },
  givenSound: { word: 2, shift: 14, bits: 7 },
} as const;
export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[];

/** The rest of the third word: which household, and whether the row is another name of a patient who has a row already. */
const HOUSEHOLD_SHIFT = 1;
const HOUSEHOLD_MASK = 0x1fff;
export const ALIAS_BIT = 1;

/** Domain byte of a name's parts: no other fingerprint is made under it. */
const DOMAIN = 0xf0;

export interface FamilyCode {
  readonly word0: number;
  readonly word1: number;
}

export interface GivenCode {
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  /** Initials of whoever may be called so, as bits: of names too that stand for the same. */
  readonly initials: number;
  /** What the name may be filed under; empty for an initial. */
  readonly roots: readonly number[];
  readonly isInitial: boolean;
}

/** One way to read a name of a message, and the words that a row of this name would have. */
export interface Reading extends PersonName {
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  readonly initials: number;
  readonly roots: readonly number[];
  readonly isInitial: boolean;
}

/** The signatures of many rows: all first words, which every walk reads, then of each row the other two. */
export class Signatures {
  readonly rows: number;

  constructor(readonly words: Uint32Array) {
    this.rows = words.length / signatureWords;
  }

  /** One of the three words of a row. */
  at(word: number, row: number): number {
    return this.words[word === 0 ? row : this.rows + 2 * row + word - 1];
  }

  /** Writes a row. */
  set(row: number, word0: number, word1: number, word2: number): void {
    const at = this.rows + 2 * row;
    this.words[row] = word0;
    this.words[at] = word1;
    this.words[at + 1] = word2;
  }

  field(field: Field, row: number): number {
    const { word, shift, bits } = FIELDS[field];
    return (this.at(word, row) >>> shift) & ((1 << bits) - 1);
  }

  /** Which household a row belongs to, 0 for none. Two of eight thousand share a number by chance. */
  household(row: number): number {
    return (this.at(2, row) >>> HOUSEHOLD_SHIFT) & HOUSEHOLD_MASK;
  }

  /** Whether a row is another name of the patient in front of it. */
  isAlias(row: number): boolean {
    return (this.at(2, row) & ALIAS_BIT) !== 0;
  }
}

export class SignatureCoder {
  readonly #hash: SipHash;
  readonly #families = new Remembered((name) => this.#family(name));
  readonly #givens = new Remembered((name) => this.#given(name));

  constructor(key: Uint8Array) {
    this.#hash = new SipHash(key);
  }

  family(name: string): FamilyCode {
    return this.#families.of(name);
  }

  given(name: string): GivenCode {
    return this.#givens.of(name);
  }

  reading({ given, family }: PersonName): Reading {
    const last = this.family(family);
    const { word0, word1, word2, initials, roots, isInitial } = this.given(given);
    return { given, family, word0: last.word0 | word0, word1: last.word1 | word1, word2, initials, roots, isInitial };
  }

  #family(name: string): FamilyCode {
    return {
      word0:
        this.#part('head', name.slice(0, 3)) |
        this.#part('tail', name.slice(-3)) |
        this.#part('ends', name.slice(0, 2) + name.slice(-2)),
      word1:
        this.#part('whole', name) |
        this.#part('sound', phonetic(name)) |
        this.#part('letters', [...name].sort().join('')),
    };
  }

  #given(name: string): GivenCode {
    const word0 = this.#part('initial', name.slice(0, 1));
    if (name.length === 1) return { word0, word1: 0, word2: 0, initials: 1 << word0, roots: [], isInitial: true };
    return {
      word0,
      word1: this.#part('givenHead', name.slice(0, 3)),
      word2: this.#part('root', rootOf(name)) | this.#part('givenSound', phonetic(name)),
      initials: initialsOf(name).reduce((all, one) => all | (1 << this.#part('initial', one)), 0),
      roots: rootsOf(name).map((one) => this.#part('root', one) >>> FIELDS.root.shift),
      isInitial: false,
    };
  }

  #part(field: Field, text: string): number {
    const { shift, bits } = FIELDS[field];
    this.#hash.text(`${field} ${text}`, DOMAIN);
    return (this.#hash.low & ((1 << bits) - 1)) << shift;
  }
}

/** The third word's bits for a household: of the hash of what its members share. */
export function householdBits(hash: number): number {
  return (hash & HOUSEHOLD_MASK || 1) << HOUSEHOLD_SHIFT;
}
