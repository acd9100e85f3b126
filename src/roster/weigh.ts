/**
 * What evidence weighs, in bits (Fellegi, Sunter 1969: the log of how much likelier an agreement is if it is this patient than
 * if it is not). Six bits and a half are odds of a hundred to one; the sum of what is found decides, never a name alone.
 */
import type { Frequencies } from './frequency.js';
import { type FamilyCode, FIELDS, type GivenCode, signatureWords } from './signature.js';

/** From here on it is another patient: better than 99 in 100. */
export const strongBits = 6.6;
/** From here on somebody should look: better than 10 to 1. */
export const mediumBits = 3.3;

export const EVIDENCE = ['mrn', 'ssn', 'health-plan', 'name-birth', 'phone', 'email', 'address', 'name'] as const;
export type EvidenceKind = (typeof EVIDENCE)[number];

/**
 * What one agreement says where it is not measured: a number is given to somebody else, a street has many houses. A name alone
 * never blocks; with a telephone or an e-mail of the same patient it does.
 */
export const FLAT_BITS = { phone: 4, email: 5, address: 3, name: 3 } as const satisfies Partial<
  Record<EvidenceKind, number>
>;

/** A detector that is as sure as this has read a label: the number is what it is called. */
const LABELLED = 0.9;
const LABELLED_BITS = 8;

/** What a number that opens a chart says: how sure it is that it is one, and how rarely one is somebody's by chance. */
export function numberBits(confidence: number, rarity: number): number {
  if (confidence >= LABELLED) return LABELLED_BITS + rarity;
  return Math.log2(confidence / (1 - confidence)) + rarity;
}

/** Whoever is spoken of with name and birth date in a hospital is its patient nine times in ten. */
const SPOKEN_OF_BITS = Math.log2(9);
/** How often a name is written in each of these ways by somebody who means this patient, as bits. */
const WRITTEN = {
  same: Math.log2(0.85),
  nickname: Math.log2(0.12),
  initial: Math.log2(0.5),
  sound: Math.log2(0.04),
  letters: Math.log2(0.03),
  slip: Math.log2(0.03),
};

const HEAD = mask('head');
const TAIL = mask('tail');
const ENDS = mask('ends');
const SOUND = mask('sound');
const LETTERS = mask('letters');
const INITIAL = mask('initial');
const GIVEN_HEAD = mask('givenHead');
const GIVEN_SOUND = mask('givenSound');
const FAMILY_TWO = ENDS | SOUND | LETTERS;

function mask(field: keyof typeof FIELDS): number {
  const { shift, bits } = FIELDS[field];
  return ((1 << bits) - 1) << shift;
}

/** One way to read a name of a message. */
export interface Reading {
  readonly family: FamilyCode;
  readonly given: GivenCode;
}

/**
 * Of those born on a day, the few whose family name has a beginning or an end in common with one that is asked about: two bits
 * are looked at for each, however many names are asked about.
 */
export class Sieve {
  readonly #head = new Uint32Array(32);
  readonly #tail = new Uint32Array(32);
  readonly #ends = new Uint32Array(4);

  ask(readings: readonly Reading[]): void {
    this.#head.fill(0);
    this.#tail.fill(0);
    this.#ends.fill(0);
    for (const { family } of readings) {
      enter(this.#head, (family.word0 & HEAD) >>> FIELDS.head.shift);
      enter(this.#tail, (family.word0 & TAIL) >>> FIELDS.tail.shift);
      enter(this.#ends, (family.word1 & ENDS) >>> FIELDS.ends.shift);
    }
  }

  /** The first row from `row` on that may be called so, or `to`. */
  next(signatures: Uint32Array, row: number, to: number): number {
    const [head, tail, ends] = [this.#head, this.#tail, this.#ends];
    for (let at = row * signatureWords; row < to; row++, at += signatureWords) {
      const word = signatures[at];
      const first = (word & HEAD) >>> FIELDS.head.shift;
      const last = word & TAIL;
      const both = signatures[at + 1] >>> FIELDS.ends.shift;
      if (
        ((head[first >>> 5] >>> (first & 31)) |
          (tail[last >>> 5] >>> (last & 31)) |
          (ends[both >>> 5] >>> (both & 31))) &
        1
      )
        return row;
    }
    return to;
  }
}

function enter(bits: Uint32Array, value: number): void {
  bits[value >>> 5] |= 1 << (value & 31);
}

/** What it says that a name was read like the one of a row: bits, or -Infinity if it is another name. */
export function nameBits(words: Uint32Array, at: number, { family, given }: Reading, frequencies: Frequencies): number {
  const x0 = words[at] ^ family.word0;
  const x1 = words[at + 1] ^ (family.word1 | given.word1);
  // Nearly all of those born on a day end here.
  if ((x0 & HEAD) !== 0 && (x0 & TAIL) !== 0 && (x1 & ENDS) !== 0) return Number.NEGATIVE_INFINITY;
  const said = givenBits(words[at + 2], x1, given, frequencies);
  return said === Number.NEGATIVE_INFINITY ? said : said + familyBits(x0, x1, family, frequencies);
}

function familyBits(x0: number, x1: number, { word0, word1 }: FamilyCode, frequencies: Frequencies): number {
  const bits = (field: 'whole' | 'head' | 'tail' | 'ends' | 'sound'): number => {
    const { word, shift, bits } = FIELDS[field];
    return frequencies.bits(field, ((word === 0 ? word0 : word1) >>> shift) & ((1 << bits) - 1));
  };
  if (x0 === 0 && (x1 & FAMILY_TWO) === 0)
    return WRITTEN.same + Math.max(bits('whole'), bits('head'), bits('tail'), bits('sound'));
  const agreed = [
    ...((x0 & HEAD) === 0 ? [bits('head')] : []),
    ...((x0 & TAIL) === 0 ? [bits('tail')] : []),
    ...((x1 & ENDS) === 0 ? [bits('ends')] : []),
  ];
  const most = Math.max(...agreed);
  const further = agreed.length > 1 ? 2 : 0;
  if ((x1 & SOUND) === 0) return WRITTEN.sound + Math.max(most, bits('sound')) + further;
  if ((x1 & LETTERS) === 0) return WRITTEN.letters + most + further + 2;
  return WRITTEN.slip + most + further;
}

function givenBits(word2: number, x1: number, given: GivenCode, frequencies: Frequencies): number {
  const initial = frequencies.bits('initial', given.word1 & INITIAL);
  if (given.isInitial) return (x1 & INITIAL) === 0 ? WRITTEN.initial + initial : Number.NEGATIVE_INFINITY;
  const sounds = ((word2 ^ given.word2) & GIVEN_SOUND) === 0;
  const root = word2 >>> FIELDS.root.shift;
  if (given.roots.includes(root)) {
    const same = sounds && (x1 & (INITIAL | GIVEN_HEAD)) === 0;
    return (same ? WRITTEN.same : WRITTEN.nickname) + frequencies.bits('root', root);
  }
  if ((x1 & INITIAL) !== 0) return Number.NEGATIVE_INFINITY;
  if (sounds) return WRITTEN.sound + initial + 2;
  return (x1 & GIVEN_HEAD) === 0 ? WRITTEN.slip + initial + 2 : Number.NEGATIVE_INFINITY;
}

/** Name and date: what the name says, less that among so many people of one birth date one may be called so by chance. */
export function nameBirthBits(name: number, bornThatDay: number): number {
  return SPOKEN_OF_BITS + name - Math.log2(Math.max(1, bornThatDay));
}
