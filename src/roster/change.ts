/**
 * A patient as a compacted topic has one: the record's key is the patient's id, its value a row in JSON or a FHIR Patient, and
 * without a value the patient is gone. Of each key the last record counts; which one that is, is found out without keeping any.
 */
import { SluiceError } from '../errors.js';
import { SipHash, siphashKeyBytes } from '../fingerprint/siphash.js';
import { chart } from './canonical.js';
import { rowUnitsMax } from './csv.js';
import type { RawRow, RowCode } from './row.js';
import { jsonRow } from './source.js';

export interface PatientRecord {
  readonly key: string | null;
  readonly value: string | null;
}

/** The row of a record: that of a patient who is gone says so. */
export function changeRow({ key, value }: PatientRecord): RawRow | RowCode {
  if (key === null || chart(key) === '') return 'row-key';
  if (value === null) return { id: key, deleted: true };
  const row = jsonRow(value.length > rowUnitsMax ? undefined : value);
  if (typeof row === 'string') return row;
  if (row.id === undefined || row.id === '') return { ...row, id: key };
  return chart(row.id) === chart(key) ? row : 'row-key';
}

const SLOT_WORDS = 3;
const SLOTS_MIN = 1 << 10;
const FILLED_MAX = 0.7;
/** Three words each: 1.5 GiB. */
const SLOTS_MAX = 2 ** 27;

/** The last offset of each key, by the key's fingerprint of 64 bits: keys may be many, and a key has one partition. */
export class LastOffsets {
  private readonly hash = new SipHash(new Uint8Array(siphashKeyBytes));
  /** High and low word, and the offset plus one. */
  private words = new Uint32Array(SLOTS_MIN * SLOT_WORDS);
  /** Keys. */
  count = 0;

  note(key: string, offset: number): void {
    if (offset >= 0xffffffff) throw new SluiceError('ROSTER_TOO_LARGE', { subject: 'offsets of a topic' });
    if (this.count >= (this.words.length / SLOT_WORDS) * FILLED_MAX) this.grow();
    this.hash.text(key, 0);
    const { high, low } = this.hash;
    const at = this.seek(high, low);
    if (this.words[at + 2] === 0) this.count++;
    this.words.set([high >>> 0, low >>> 0, offset + 1], at);
  }

  isLast(key: string, offset: number): boolean {
    this.hash.text(key, 0);
    return this.words[this.seek(this.hash.high, this.hash.low) + 2] === offset + 1;
  }

  private seek(high: number, low: number): number {
    const { words } = this;
    for (let at = ((low >>> 0) % (words.length / SLOT_WORDS)) * SLOT_WORDS; ; at += SLOT_WORDS) {
      if (at === words.length) at = 0;
      if (words[at + 2] === 0 || (words[at] === high >>> 0 && words[at + 1] === low >>> 0)) return at;
    }
  }

  private grow(): void {
    const before = this.words;
    const slots = (before.length / SLOT_WORDS) * 2;
    if (slots > SLOTS_MAX) throw new SluiceError('ROSTER_TOO_LARGE', { subject: 'keys of a topic' });
    this.words = new Uint32Array(slots * SLOT_WORDS);
    for (let at = 0; at < before.length; at += SLOT_WORDS)
      if (before[at + 2] !== 0)
        this.words.set(before.subarray(at, at + SLOT_WORDS), this.seek(before[at], before[at + 1]));
  }
}
