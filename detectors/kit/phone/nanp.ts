/**
 * The North American numbering plan as far as a number can be judged by its digits: area and exchange codes begin with 2
 * to 9 and are no service codes (N11). Assumes that the units at the given places are digits.
 */

const TWO = 0x32;
const ONE = 0x31;
const EIGHT = 0x38;

/** Whether three digits at `at` can be an area or exchange code. */
export function isNanpCode(text: Uint16Array, at: number): boolean {
  return text[at] >= TWO && text[at] <= 0x39 && !(text[at + 1] === ONE && text[at + 2] === ONE);
}

/** Whether ten digits at `at` can be a whole number. */
export function isNanpNumber(text: Uint16Array, at: number): boolean {
  return isNanpCode(text, at) && isNanpCode(text, at + 3);
}

/** 800, 833, 844, 855, 866, 877, 888: numbers that people also write in letters. */
export function isTollFree(text: Uint16Array, at: number): boolean {
  return (
    text[at] === EIGHT &&
    text[at + 1] === text[at + 2] &&
    (text[at + 1] === 0x30 || (text[at + 1] >= 0x33 && text[at + 1] <= EIGHT))
  );
}
