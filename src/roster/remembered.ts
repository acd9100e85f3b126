/** What was made of a text before: names and streets come again and again. Bounded: when it is full, it begins anew. */

const REMEMBERED_MAX = 1 << 17;

export class Remembered<T> {
  readonly #made = new Map<string, T>();

  constructor(private readonly make: (text: string) => T) {}

  of(text: string): T {
    let one = this.#made.get(text);
    if (one === undefined) {
      if (this.#made.size >= REMEMBERED_MAX) this.#made.clear();
      this.#made.set(text, (one = this.make(text)));
    }
    return one;
  }
}
