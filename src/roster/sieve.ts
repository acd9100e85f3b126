/**
 * Of those born on a day, the few who may bear one of the names that are asked about, and which of them: a family name with a
 * beginning or an end in common, and a given name that begins like one that stands for the same. One word is looked at for each
 * row, however many names are asked about, in a kilobyte of marks: behind an engine little else of them is still in a near cache.
 */
import { FIELDS, type Reading } from './signature.js';

const { head: HEAD, tail: TAIL, ends: ENDS, initial: INITIAL } = FIELDS;
const TAIL_MASK = (1 << TAIL.bits) - 1;
const ENDS_MASK = (1 << ENDS.bits) - 1;
const INITIALS = 1 << INITIAL.bits;
/** Each reading has a bit; of more than there are bits, several share one. */
const BITS = 32;

/** Words in a line of the cache. */
const LINE_WORDS = 16;

/** Where each field's marks begin: a bit for a beginning or a tail that is asked about, the readings' bits for ends and initials. */
const HEADS_AT = 0;
const TAILS_AT = HEADS_AT + (1 << HEAD.bits) / BITS;
const ENDS_AT = TAILS_AT + (1 << TAIL.bits) / BITS;
const INITIALS_AT = ENDS_AT + (1 << ENDS.bits);
const MARKS = INITIALS_AT + INITIALS;

export class Sieve {
  /** Readings of which the row that was found last may be: those with a bit in it. */
  asked = 0;
  /** So that what was touched was read for something. */
  touched = 0;
  readonly #marks = new Int32Array(MARKS);
  #readings: readonly Reading[] = [];

  ask(readings: readonly Reading[]): void {
    this.#readings = readings;
    const marks = this.#marks;
    // So few that a call for it costs more.
    for (let i = 0; i < MARKS; i++) marks[i] = 0;
    for (let i = 0; i < readings.length; i++) {
      const { word0, initials } = readings[i];
      const bit = 1 << (i % BITS);
      const head = word0 >>> HEAD.shift;
      const tail = (word0 >>> TAIL.shift) & TAIL_MASK;
      marks[HEADS_AT + (head >>> 5)] |= 1 << (head & 31);
      marks[TAILS_AT + (tail >>> 5)] |= 1 << (tail & 31);
      marks[ENDS_AT + ((word0 >>> ENDS.shift) & ENDS_MASK)] |= bit;
      for (let rest = initials; rest !== 0; rest &= rest - 1) marks[INITIALS_AT + 31 - Math.clz32(rest & -rest)] |= bit;
    }
  }

  /** Whether the row that was found last may be called as this reading, by its place among those asked about. */
  isAsked(reading: number): boolean {
    return (this.asked & (1 << (reading % BITS))) !== 0;
  }

  /** Of the first words of rows: the first from `row` on that may be called so, or `to`. */
  next(words: Uint32Array, row: number, to: number): number {
    const marks = this.#marks;
    for (; row < to; row++) {
      const word = words[row];
      const given = marks[INITIALS_AT + (word & (INITIALS - 1))];
      // Those who begin alike stand together, so that this is nearly always foreseen.
      if (given === 0) continue;
      const head = word >>> HEAD.shift;
      const tail = (word >>> TAIL.shift) & TAIL_MASK;
      let family = marks[ENDS_AT + ((word >>> ENDS.shift) & ENDS_MASK)];
      if (
        (((marks[HEADS_AT + (head >>> 5)] >>> (head & 31)) | (marks[TAILS_AT + (tail >>> 5)] >>> (tail & 31))) & 1) !==
        0
      )
        family |= this.#alike(word);
      const asked = family & given;
      if (asked !== 0) {
        this.asked = asked;
        return row;
      }
    }
    return to;
  }

  /** Has the first words of rows on their way before they are asked about: loads that wait for nothing wait together. */
  touch(words: Uint32Array, from: number, to: number): void {
    let touched = 0;
    for (let row = from; row < to; row += LINE_WORDS) touched |= words[row];
    this.touched = touched;
  }

  /** Readings whose family name begins or ends like a row's. */
  #alike(word: number): number {
    let alike = 0;
    for (let i = 0; i < this.#readings.length; i++) {
      const differs = word ^ this.#readings[i].word0;
      if (differs >>> HEAD.shift === 0 || ((differs >>> TAIL.shift) & TAIL_MASK) === 0) alike |= 1 << (i % BITS);
    }
    return alike;
  }
}
