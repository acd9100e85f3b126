/**
 * What evidence weighs, in bits (Fellegi, Sunter 1969: the log of how much likelier an agreement is if it is this patient than
 * if it is not). Six bits and a half are odds of a hundred to one; the sum of what is found decides, never a name alone.
 */
import type { EvidenceKind } from '../message.js';
import type { Frequencies } from './frequency.js';
import { FIELDS, type Field, type Reading, type Signatures } from './signature.js';

/** From here on it is another patient: better than 99 in 100. */
export const strongBits = 6.6;
/** From here on somebody should look: better than 10 to 1. */
export const mediumBits = 3.3;

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
const INITIAL = mask('initial');
const WHOLE = mask('whole');
const SOUND = mask('sound');
const LETTERS = mask('letters');
const GIVEN_HEAD = mask('givenHead');
const GIVEN_SOUND = mask('givenSound');
const FAMILY_ONE = HEAD | TAIL | ENDS;
const FAMILY_TWO = WHOLE | SOUND | LETTERS;

function mask(field: Field): number {
  const { shift, bits } = FIELDS[field];
  return ((1 << bits) - 1) << shift;
}

/**
 * What it says that a name was read like the one of a row: bits, or -Infinity if it is another name. Nearly all of those born on
 * a day end at the first question.
 */
export function nameBits(signatures: Signatures, row: number, reading: Reading, frequencies: Frequencies): number {
  const word0 = signatures.at(0, row);
  const x0 = word0 ^ reading.word0;
  if ((x0 & HEAD) !== 0 && (x0 & TAIL) !== 0 && (x0 & ENDS) !== 0) return Number.NEGATIVE_INFINITY;
  if ((reading.initials & (1 << (word0 & INITIAL))) === 0) return Number.NEGATIVE_INFINITY;
  const x1 = signatures.at(1, row) ^ reading.word1;
  const said = givenBits({ x0, x1, word2: signatures.at(2, row) }, reading, frequencies);
  return said === Number.NEGATIVE_INFINITY ? said : said + familyBits(x0, x1, reading, frequencies);
}

/** How rare the name of a row is if it was read so, without a slip, in bits; -Infinity if it is another one. */
export function sameNameBits(signatures: Signatures, row: number, reading: Reading, frequencies: Frequencies): number {
  const root = signatures.field('root', row);
  const x0 = signatures.at(0, row) ^ reading.word0;
  const x1 = signatures.at(1, row) ^ reading.word1;
  if (!isSameFamily(x0, x1) || !reading.roots.includes(root)) return Number.NEGATIVE_INFINITY;
  return rarity(reading, frequencies) + frequencies.bits('root', root);
}

function isSameFamily(x0: number, x1: number): boolean {
  return (x0 & FAMILY_ONE) === 0 && (x1 & FAMILY_TWO) === 0;
}

/** How rare a part of a name is, in bits. */
function bitsOf(field: Field, { word0, word1 }: Reading, frequencies: Frequencies): number {
  const { word, shift, bits } = FIELDS[field];
  return frequencies.bits(field, ((word === 0 ? word0 : word1) >>> shift) & ((1 << bits) - 1));
}

/** Of a family name: that of its rarest part. */
function rarity(reading: Reading, frequencies: Frequencies): number {
  const bits = (field: Field): number => bitsOf(field, reading, frequencies);
  return Math.max(bits('whole'), bits('head'), bits('tail'), bits('sound'));
}

function familyBits(x0: number, x1: number, reading: Reading, frequencies: Frequencies): number {
  if (isSameFamily(x0, x1)) return WRITTEN.same + rarity(reading, frequencies);
  const bits = (field: Field): number => bitsOf(field, reading, frequencies);
  const agreed = [
    ...((x0 & HEAD) === 0 ? [bits('head')] : []),
    ...((x0 & TAIL) === 0 ? [bits('tail')] : []),
    ...((x0 & ENDS) === 0 ? [bits('ends')] : []),
  ];
  const most = Math.max(...agreed);
  const further = agreed.length > 1 ? 2 : 0;
  if ((x1 & SOUND) === 0) return WRITTEN.sound + Math.max(most, bits('sound')) + further;
  if ((x1 & LETTERS) === 0) return WRITTEN.letters + most + further + 2;
  return WRITTEN.slip + most + further;
}

/** A row's third word, and where its first two differ from those of a reading. */
interface Compared {
  readonly x0: number;
  readonly x1: number;
  readonly word2: number;
}

function givenBits({ x0, x1, word2 }: Compared, reading: Reading, frequencies: Frequencies): number {
  const isSaid = (x0 & INITIAL) === 0;
  const initial = (): number => frequencies.bits('initial', reading.word0 & INITIAL);
  if (reading.isInitial) return isSaid ? WRITTEN.initial + initial() : Number.NEGATIVE_INFINITY;
  const sounds = ((word2 ^ reading.word2) & GIVEN_SOUND) === 0;
  const root = word2 >>> FIELDS.root.shift;
  if (reading.roots.includes(root)) {
    const same = sounds && isSaid && (x1 & GIVEN_HEAD) === 0;
    return (same ? WRITTEN.same : WRITTEN.nickname) + frequencies.bits('root', root);
  }
  if (!isSaid || !(sounds || (x1 & GIVEN_HEAD) === 0)) return Number.NEGATIVE_INFINITY;
  return (sounds ? WRITTEN.sound : WRITTEN.slip) + initial() + 2;
}

/** Name and date: what the name says, less that among so many people of one birth date one may be called so by chance. */
export function nameBirthBits(name: number, bornThatDay: number): number {
  return SPOKEN_OF_BITS + name - Math.log2(Math.max(1, bornThatDay));
}
