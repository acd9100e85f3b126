/** The code that is being asked about: as tokens, as code units, and how it was reached. One object, reused by the next call. */

/** How much a label alone proves. */
export const enum Trust {
  /** An ordinary word that can be a label ("chart", "account"): the code must follow at once and look like an id. */
  Word = 0,
  /** Says that an identifier follows ("medical record number"): nearly any code will do, also further on. */
  Label = 1,
}

/** A code as tokens and as code units; reused by the next call. */
export interface Claim {
  first: number;
  last: number;
  start: number;
  end: number;
  digits: number;
  letters: number;
  /** Nothing but connecting words and signs stood between label and code. */
  direct: boolean;
}

/** The code that was read last. */
export const claimed: Claim = { first: 0, last: 0, start: 0, end: 0, digits: 0, letters: 0, direct: true };
