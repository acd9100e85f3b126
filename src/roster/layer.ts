/**
 * A snapshot that is attached: its sections as arrays over shared memory, which any number of threads may read. What they
 * mean together is in roster.ts.
 */

import { SluiceError } from '../errors.js';
import { FingerprintTable } from '../fingerprint/table.js';
import { countWords, lengthWords } from './frequency.js';
import { type Header, headerOf, nameOf, type Section } from './layout.js';
import { Signatures, signatureWords } from './signature.js';

export class Layer {
  readonly header: Header;
  /** What names it: a delta names the snapshot below it. */
  readonly name: string;
  readonly table: FingerprintTable;
  readonly signatures: Signatures;
  readonly births: Uint32Array;
  readonly groups: Uint32Array;
  readonly counts: Uint32Array;
  readonly lengths: Uint32Array;
  /** In a delta: the row of the base, plus one, that each row takes the place of. */
  readonly former: Uint32Array;

  constructor(readonly buffer: SharedArrayBuffer) {
    const bytes = new Uint8Array(buffer);
    this.header = headerOf(bytes);
    this.name = nameOf(bytes);
    const words = (section: Section): Uint32Array => {
      const [at, length] = this.header.sections[section];
      return new Uint32Array(buffer, at, length / 4);
    };
    this.table = FingerprintTable.attach(buffer, ...this.header.sections.table);
    const signatures = words('signatures');
    this.signatures = new Signatures(signatures);
    this.births = words('births');
    this.counts = words('counts');
    this.lengths = words('lengths');
    this.former = words('former');
    this.groups = words('groups');
    const { rows, births } = this.header;
    const fits =
      signatures.length === rows * signatureWords &&
      this.births.length === births + 1 &&
      this.counts.length === countWords &&
      this.lengths.length === lengthWords &&
      this.former.length === (this.header.base === undefined ? 0 : rows);
    if (!fits) throw new SluiceError('ROSTER_INVALID');
  }

  /** The row of the patient that a row belongs to: other names stand right behind the first. */
  mainOf(row: number): number {
    while (row > 0 && this.signatures.isAlias(row)) row--;
    return row;
  }

  /**
   * The rows of a patient: the first, and those right behind it, since drafts of one date and initial keep the order they came in.
   */
  namesOf(main: number): readonly number[] {
    const rows = [main];
    for (let row = main + 1; row < this.header.rows && this.signatures.isAlias(row); row++) rows.push(row);
    return rows;
  }
}
