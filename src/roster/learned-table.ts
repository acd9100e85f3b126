/**
 * What one tenant's gates have learned, in memory that all threads share: from a fingerprint to those it came with, with the time
 * of each, so that what has grown too old is nobody's without anything being made anew.
 */
import { SluiceError } from '../errors.js';
import { FingerprintTable } from '../fingerprint/table.js';
import type { Owners } from './learned.js';

const MAGIC = 0x4c524e44;
const HEADER_WORDS = 4;
const WORD = 4;
/** Of a keyed reference. */
const REFERENCE_BYTES = 22;
const SECOND_MS = 1000;

export class LearnedTable {
  readonly #table: FingerprintTable;
  /** How many, then of each the number of the patient and the time in seconds. */
  readonly #lists: Uint32Array;
  readonly #patients: Buffer;

  constructor(buffer: SharedArrayBuffer) {
    const [magic, tableBytes, listWords, patients] = new Uint32Array(buffer, 0, HEADER_WORDS);
    const lists = HEADER_WORDS * WORD + tableBytes;
    const names = lists + listWords * WORD;
    if (magic !== MAGIC || names + patients * REFERENCE_BYTES !== buffer.byteLength)
      throw new SluiceError('TABLE_INVALID');
    this.#table = FingerprintTable.attach(buffer, HEADER_WORDS * WORD, tableBytes);
    this.#lists = new Uint32Array(buffer, lists, listWords);
    this.#patients = Buffer.from(buffer, names, patients * REFERENCE_BYTES);
  }

  static of(learned: ReadonlyMap<string, Owners>): SharedArrayBuffer {
    const table = FingerprintTable.create(learned.size);
    const numbers = new Map<string, number>();
    const lists: number[] = [];
    for (const [print, owners] of learned) {
      // A number is never 0.
      table.set(...wordsOf(print), lists.length + 1);
      lists.push(owners.length);
      for (const [patient, at] of owners) {
        const number = numbers.get(patient) ?? numbers.size;
        numbers.set(patient, number);
        lists.push(number, Math.max(0, Math.floor(at / SECOND_MS)));
      }
    }
    const listsAt = HEADER_WORDS * WORD + table.bytes.length;
    const namesAt = listsAt + lists.length * WORD;
    const buffer = new SharedArrayBuffer(namesAt + numbers.size * REFERENCE_BYTES);
    new Uint32Array(buffer, 0, HEADER_WORDS).set([MAGIC, table.bytes.length, lists.length, numbers.size]);
    new Uint8Array(buffer).set(table.bytes, HEADER_WORDS * WORD);
    new Uint32Array(buffer, listsAt, lists.length).set(lists);
    new Uint8Array(buffer).set(Buffer.from([...numbers.keys()].join(''), 'latin1'), namesAt);
    return buffer;
  }

  owners(print: string): Owners {
    const at = this.#table.get(...wordsOf(print));
    if (at === 0) return [];
    const lists = this.#lists;
    return Array.from({ length: lists[at - 1] }, (_, i) => {
      const from = lists[at + 2 * i] * REFERENCE_BYTES;
      const patient = this.#patients.toString('latin1', from, from + REFERENCE_BYTES);
      return [patient, lists[at + 2 * i + 1] * SECOND_MS] as const;
    });
  }
}

function wordsOf(print: string): [high: number, low: number] {
  return [Number.parseInt(print.slice(0, 8), 16), Number.parseInt(print.slice(8), 16)];
}
