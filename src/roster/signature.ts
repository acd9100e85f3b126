/**
 * What is kept of a patient's name: 96 bits of keyed hashes of its parts (the family name whole, how it begins, ends and
 * sounds; what the given name is short for), enough to tell whether a name in a message may be this one with a slip of the
 * pen, and too little to read it back. People of one birth date stand side by side, so that a date is one short walk.
 */
import { SipHash } from '../fingerprint/siphash.js';
import { rootOf, rootsOf } from './nicknames.js';
import type { PersonName } from './person-name.js';
import { phonetic } from './phonetic.js';
import { Remembered } from './remembered.js';

export const signatureWords = 3;

/** Fields of the three words: where each begins and how wide it is. Their values are counted, since what is common says little. */
export const FIELDS = {
  whole: { word: 0, shift: 20, bits: 12 },
  head: { word: 0, shift: 10, bits: 10 },
  tail: { word: 0, shift: 0, bits: 10 },
  ends: { word: 1, shift: 25, bits: 7 },
  sound: { word: 1, shift: 16, bits: 9 },
  letters: { word: 1, shift: 10, bits: 6 },
  givenHead: { word: 1, shift: 5, bits: 5 },
  initial: { word: 1, shift: 0, bits: 5 },
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
  readonly word1: number;
  readonly word2: number;
  /** What the name may be filed under; empty for an initial. */
  readonly roots: readonly number[];
  readonly isInitial: boolean;
}

/** One way to read a name of a message, and the words that a row of this name would have. */
export interface Reading extends PersonName {
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  readonly roots: readonly number[];
  readonly isInitial: boolean;
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
    const { word0, word1 } = this.family(family);
    const first = this.given(given);
    const { word2, roots, isInitial } = first;
    return { given, family, word0, word1: word1 | first.word1, word2, roots, isInitial };
  }

  #family(name: string): FamilyCode {
    return {
      word0: this.#part('whole', name) | this.#part('head', name.slice(0, 3)) | this.#part('tail', name.slice(-3)),
      word1:
        this.#part('ends', name.slice(0, 2) + name.slice(-2)) |
        this.#part('sound', phonetic(name)) |
        this.#part('letters', [...name].sort().join('')),
    };
  }

  #given(name: string): GivenCode {
    const initial = this.#part('initial', name.slice(0, 1));
    if (name.length === 1) return { word1: initial, word2: 0, roots: [], isInitial: true };
    return {
      word1: this.#part('givenHead', name.slice(0, 3)) | initial,
      word2: this.#part('root', rootOf(name)) | this.#part('givenSound', phonetic(name)),
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

export function fieldOf(field: Field, words: Uint32Array, at: number): number {
  const { word, shift, bits } = FIELDS[field];
  return (words[at + word] >>> shift) & ((1 << bits) - 1);
}

/** The third word's bits for a household: of the hash of what its members share. */
export function householdBits(hash: number): number {
  return (hash & HOUSEHOLD_MASK || 1) << HOUSEHOLD_SHIFT;
}

/** Which household a row belongs to, 0 for none. Two of eight thousand share a number by chance. */
export function householdOf(word2: number): number {
  return (word2 >>> HOUSEHOLD_SHIFT) & HOUSEHOLD_MASK;
}
