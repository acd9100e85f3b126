/**
 * How often each part of a name occurs in a roster, and how densely its numbers fill their range: what two people share by
 * chance weighs little (Fellegi, Sunter 1969), and how little is counted, not guessed.
 */
import { Domain } from './domain.js';
import { FIELD_NAMES, FIELDS, type Field, type Signatures } from './signature.js';

const OFFSETS = offsets();

function offsets(): Readonly<Record<Field | 'all', number>> {
  const at: Partial<Record<Field | 'all', number>> = {};
  let next = 0;
  for (const field of FIELD_NAMES) {
    at[field] = next;
    next += 1 << FIELDS[field].bits;
  }
  at.all = next;
  return at as Record<Field | 'all', number>;
}

/** How many rows have each value of each field, and at the end how many rows there are. */
export function countFields(signatures: Signatures): Uint32Array {
  const counts = new Uint32Array(OFFSETS.all + 1);
  for (const field of FIELD_NAMES)
    for (let row = 0; row < signatures.rows; row++) counts[OFFSETS[field] + signatures.field(field, row)]++;
  counts[OFFSETS.all] = signatures.rows;
  return counts;
}

export const countWords = OFFSETS.all + 1;

/** A roster of few says little of how often a name occurs: it counts as if so many more had been seen, all values alike. */
const SUPPOSED_ROWS = 1000;

/** How much an agreement says, in bits: -log2 of the share of people who have this value. */
export class Frequencies {
  readonly #bits = new Float32Array(OFFSETS.all);

  constructor(counts: Uint32Array) {
    const rows = counts[OFFSETS.all] + SUPPOSED_ROWS;
    for (const field of FIELD_NAMES) {
      const values = 1 << FIELDS[field].bits;
      for (let at = OFFSETS[field]; at < OFFSETS[field] + values; at++)
        this.#bits[at] = Math.log2(rows / (counts[at] + SUPPOSED_ROWS / values));
    }
  }

  bits(field: Field, value: number): number {
    return this.#bits[OFFSETS[field] + value];
  }
}

const LENGTHS = 32;
/** Numbers that are counted by how many digits they have; any with a letter is as good as unique. */
const COUNTED: readonly Domain[] = [Domain.Chart, Domain.Member, Domain.Ssn];

export class Lengths {
  readonly words: Uint32Array;

  constructor(words: Uint32Array = new Uint32Array(LENGTHS * COUNTED.length)) {
    this.words = words;
  }

  count(domain: Domain, code: string): void {
    const at = this.#at(domain, code);
    if (at >= 0) this.words[at]++;
  }

  /** The same of a code as bytes. */
  countWritten(domain: Domain, bytes: Uint8Array, from: number, to: number): void {
    const kind = COUNTED.indexOf(domain);
    if (kind < 0 || to - from >= LENGTHS) return;
    for (let i = from; i < to; i++) if (bytes[i] < 0x30 || bytes[i] > 0x39) return;
    this.words[kind * LENGTHS + to - from]++;
  }

  /** How little a hit by chance is expected, in bits: a number of seven digits among ten million patients is somebody's. */
  bits(domain: Domain, code: string): number {
    const at = this.#at(domain, code);
    if (at < 0) return LETTERED_BITS;
    return Math.max(0, code.length * Math.log2(10) - Math.log2(this.words[at] + 1));
  }

  #at(domain: Domain, code: string): number {
    const kind = COUNTED.indexOf(domain);
    return kind < 0 || code.length >= LENGTHS || !isNumber(code) ? -1 : kind * LENGTHS + code.length;
  }
}

export const lengthWords = LENGTHS * COUNTED.length;
const LETTERED_BITS = 12;

function isNumber(code: string): boolean {
  for (let i = 0; i < code.length; i++) if (code.charCodeAt(i) < 0x30 || code.charCodeAt(i) > 0x39) return false;
  return code.length > 0;
}
