/**
 * What was made of a text before: names and streets come again and again. Bounded: when it is half full, what has not been asked
 * for since the last time is forgotten.
 */

const REMEMBERED_MAX = 1 << 17;

/** A part of a text keeps the whole of it in memory, a file's piece for a street; this keeps itself alone. */
export const alone = (part: string): string => ` ${part}`.slice(1);

export class Remembered<T> {
  #made = new Map<string, T>();
  #before = new Map<string, T>();

  constructor(
    private readonly make: (text: string) => T,
    private readonly most = REMEMBERED_MAX,
  ) {}

  of(text: string): T {
    const known = this.#made.get(text);
    if (known !== undefined) return known;
    const kept = alone(text);
    const one = this.#before.get(text) ?? this.make(kept);
    if (this.#made.size >= this.most / 2) {
      this.#before = this.#made;
      this.#made = new Map();
    }
    this.#made.set(kept, one);
    return one;
  }
}
