/**
 * Writes a structured document into the arena as one text: leaf after leaf, each behind a leaf mark and the words that
 * say what it is. Units that stand in the raw input carry their position; context that was put there does not.
 */
import type { Arena } from './arena.js';

/**
 * Stands before each leaf, and between what is said about a leaf and the leaf itself. Both are noncharacters, which are
 * never let through from the input.
 */
export const LEAF_MARK = 0xffff;
export const KEY_MARK = 0xfffe;
/** The raw position of units that are in no input. */
export const NOWHERE = 0xffffffff;

/** Units of context that one ancestor or sibling may add before a leaf. */
const CONTEXT_UNITS_MAX = 64;

export interface Segment {
  /** The leaf's positions in the raw input, without its quotes. */
  readonly from: number;
  readonly to: number;
  readonly kind: 'string' | 'number' | 'key';
  /** Node in the table it was read from (the outermost, for JSON within a string). */
  readonly node: number;
  /** What a string literal opens and closes with at this depth: `"`, or `\"` within a string. */
  readonly quote: string;
}

export class Layout {
  readonly segments: Segment[] = [];

  constructor(readonly arena: Arena) {
    arena.length = 0;
    arena.mapped = true;
  }

  /** Makes sure that `units` more can be written. */
  reserve(units: number): void {
    this.arena.growText(this.arena.length + units + 2);
    this.arena.growMap();
  }

  mark(): void {
    this.reserve(1);
    this.put(LEAF_MARK, NOWHERE, NOWHERE);
  }

  /** One unit; room must have been reserved. */
  put(unit: number, from: number, to: number): void {
    const { arena } = this;
    const n = arena.length;
    arena.text[n] = unit;
    arena.from[n] = from;
    arena.to[n] = to;
    arena.length = n + 1;
  }

  context(words: string): void {
    const n = Math.min(words.length, CONTEXT_UNITS_MAX);
    this.reserve(n + 1);
    for (let i = 0; i < n; i++) this.put(words.charCodeAt(i), NOWHERE, NOWHERE);
    if (n > 0) this.put(0x20, NOWHERE, NOWHERE);
  }

  space(): void {
    this.reserve(1);
    this.put(0x20, NOWHERE, NOWHERE);
  }

  /** Ends what is said about a leaf: tokens before it are the leaf's key. */
  key(): void {
    this.reserve(1);
    this.put(KEY_MARK, NOWHERE, NOWHERE);
  }

  /** One unit of the input; a noncharacter in it becomes a blank. */
  copy(unit: number, from: number, to: number): void {
    this.put(unit >= KEY_MARK ? 0x20 : unit, from, to);
  }

  finish(): void {
    this.reserve(1);
    this.arena.text[this.arena.length] = 0;
  }

  /** The leaf that a raw position lies in, by binary search; undefined between leaves. */
  segmentAt(position: number): Segment | undefined {
    let low = 0;
    let high = this.segments.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const segment = this.segments[middle];
      if (position < segment.from) high = middle - 1;
      else if (position >= segment.to) low = middle + 1;
      else return segment;
    }
    return undefined;
  }
}
/** `patientName`, `patient_name`, `PATIENT-NAME`: the words of an identifier, with blanks between. */
export function splitWords(key: string): string {
  const length = Math.min(key.length, CONTEXT_UNITS_MAX);
  let words = '';
  let from = 0;
  let before = OTHER;
  for (let i = 0; i <= length; i++) {
    const kind = i < length ? kindOf(key.charCodeAt(i)) : OTHER;
    const hump =
      (kind === UPPER && before === LOWER) ||
      (kind === UPPER && before === UPPER && i + 1 < length && kindOf(key.charCodeAt(i + 1)) === LOWER);
    if ((kind === OTHER || hump) && i > from) {
      words += words === '' ? key.slice(from, i) : ` ${key.slice(from, i)}`;
      from = i;
    }
    if (kind === OTHER) from = i + 1;
    before = kind;
  }
  return words;
}

const OTHER = 0;
const LOWER = 1;
const UPPER = 2;

/** Digits and letters of other scripts go with lower case: they begin no word. */
function kindOf(unit: number): number {
  if (unit >= 0x41 && unit <= 0x5a) return UPPER;
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || unit >= 0xaa ? LOWER : OTHER;
}
