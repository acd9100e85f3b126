/** How patients are numbered across a snapshot and the delta over it, and what pairs of them are filed under. */

/** A patient's number is that of the row; rows of a delta count from here. */
export const DELTA_BIT = 2 ** 30;
/** In a delta, under a row of the base: that patient is in the roster no more. */
export const GONE = 0x7fffffff;

export function pairText(subject: number, other: string | number): string {
  return `${subject} ${other}`;
}

/** A value's fingerprint, as the other half of a pair. */
export function valueText(high: number, low: number): string {
  return `${high >>> 0}:${low >>> 0}`;
}

export function replacedText(row: number): string {
  return `row ${row}`;
}
