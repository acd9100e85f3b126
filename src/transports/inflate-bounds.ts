/** What goes wrong while a batch is inflated, in two words that the codecs share. */

/** More comes out than the bound allows. */
export class TooLarge extends Error {}

/** Not what the codec writes. */
export class Damaged extends Error {}

/** Repeats what stands `distance` before `at`, `length` bytes of it, which may overlap with what is being written. */
export function repeat(into: Uint8Array, at: number, distance: number, length: number): void {
  if (distance === 0 || distance > at) throw new Damaged();
  if (distance >= length) into.copyWithin(at, at - distance, at - distance + length);
  else for (let i = 0; i < length; i++) into[at + i] = into[at + i - distance] as number;
}
