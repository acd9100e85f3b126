/** Of whom a patient's conversation may speak: the patient, who lives there, who is listed as related, and whose numbers are listed. */
import type { EvidenceKind } from '../message.js';
import type { Roster } from './roster.js';
import type { Reading } from './signature.js';
import type { Value } from './values.js';
import { nameBits } from './weigh.js';

/** A number that opens one chart is not a household's: only who is listed as related may share it. */
const PERSONAL: ReadonlySet<EvidenceKind> = new Set(['mrn', 'ssn']);

export class Circle {
  constructor(
    private readonly roster: Roster,
    /** The subject's numbers; several if several patients are meant, or share an id. */
    readonly own: readonly number[],
  ) {}

  /** Whether one of those whom a value may point to is the subject, or belongs to the circle. */
  explains(numbers: Iterable<number>, kind: EvidenceKind): boolean {
    for (const number of numbers) {
      for (const one of this.own) {
        if (one === number) return true;
        if (!PERSONAL.has(kind) && this.roster.isHousehold(one, number)) return true;
        if (this.roster.isRelated(one, number)) return true;
      }
    }
    return false;
  }

  /** Whether a value is that of a contact whom the roster lists. */
  hasContact({ high, low }: Value): boolean {
    for (const one of this.own) if (this.roster.isContact(one, high, low)) return true;
    return false;
  }

  /** Whether the subject may be meant by a name, written a little wrong or not. */
  isOwnName(readings: readonly Reading[]): boolean {
    const { roster } = this;
    for (const number of this.own)
      for (const [signatures, row] of roster.namesOf(number))
        for (const reading of readings)
          if (nameBits(signatures, row, reading, roster.frequencies) > Number.NEGATIVE_INFINITY) return true;
    return false;
  }
}
