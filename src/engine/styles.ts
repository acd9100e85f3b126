/**
 * The four ways to write what stood there: `label` (`[MRN-1]`), `mask` (asterisks), `hash` (`[MRN:…]`, keyed and stable
 * within a tenant) and `safe-harbor` (the little that 45 CFR 164.514(b)(2) lets stand: a year, three digits of a ZIP, 90+).
 */
import { createHmac, randomInt } from 'node:crypto';
import { CATEGORIES } from '../../detectors/contract.js';
import { SluiceError } from '../errors.js';
import { keyBytesMin } from '../limits.js';
import type { Arena } from './arena.js';
import { base32 } from './base32.js';
import type { Located } from './finding.js';
import type { Lexicon } from './lexicon.js';
import type { Replace } from './redact.js';
import { HASH_LENGTH, tagOf } from './redacted.js';
import { safeHarbor } from './safe-harbor.js';

export const STYLES = ['label', 'mask', 'hash', 'safe-harbor'] as const;
export type Style = (typeof STYLES)[number];

/** Letters and digits have character classes up to this. */
const UNIT_KIND_MAX = 4;

export interface StyleOptions {
  readonly style: Style;
  readonly key?: Uint8Array | undefined;
  readonly tenant: string;
}

/** A replacer for one message: numbering starts anew with each. */
export function replacer(
  options: StyleOptions,
  arena: Arena,
  lexicon: Lexicon,
  label = numbered(arena, lexicon),
): Replace {
  switch (options.style) {
    case 'label':
      return label;
    case 'mask':
      return (finding) => '*'.repeat(finding.end - finding.start);
    case 'hash':
      return hashed(options, arena, lexicon);
    case 'safe-harbor':
      return (finding) => safeHarbor(arena, finding, () => label(finding));
  }
}

/** Each finding in a style of its own, all of them numbered together; `null` has none. */
export function mixed(
  options: StyleOptions,
  findings: readonly Located[],
  styles: readonly (Style | null)[],
  arena: Arena,
  lexicon: Lexicon,
): Replace {
  const label = numbered(arena, lexicon);
  const replacers = new Map<Style, Replace>();
  const styleOf = new Map(findings.map((finding, i) => [finding, styles[i] ?? options.style]));
  return (finding) => {
    const style = styleOf.get(finding) ?? options.style;
    let one = replacers.get(style);
    if (one === undefined) replacers.set(style, (one = replacer({ ...options, style }, arena, lexicon, label)));
    return one(finding);
  };
}

/** `[MRN-1]`: the same folded value gets the same number, and two people stay two. */
function numbered(arena: Arena, lexicon: Lexicon): Replace {
  numbers.begin();
  return (finding) => {
    const category = CATEGORIES.indexOf(finding.category);
    digest(arena, lexicon, finding, category);
    return numbers.labelOf(category, sums.low, sums.high);
  };
}

const SLOTS_MIN = 256;
/** Nobody can know which values fall on one place: odd, and others in each process. */
const MULTIPLIER = randomInt(2 ** 32) | 1;
const OTHER = randomInt(2 ** 32) | 1;

/**
 * The numbers of one message's values, which are told apart by two sums of 32 bits. One table serves all messages: what an earlier
 * one has left is known by its round.
 */
class Numbers {
  private readonly counts = new Uint32Array(CATEGORIES.length);
  private slots = SLOTS_MIN;
  /** What is left of 32 bits for a slot. */
  private shift = Math.clz32(SLOTS_MIN) + 1;
  /** For each value its two sums, its round and its number. */
  private cells = new Int32Array(4 * SLOTS_MIN);
  private round = 0;
  private used = 0;

  begin(): void {
    this.counts.fill(0);
    this.used = 0;
    this.round = (this.round + 1) | 0;
    // A round comes again after four thousand million messages; a table that one large message needed is given back.
    if (this.round === 0 || this.slots > SLOTS_MIN) {
      this.slots = SLOTS_MIN;
      this.shift = Math.clz32(SLOTS_MIN) + 1;
      this.cells = new Int32Array(4 * SLOTS_MIN);
      this.round = 1;
    }
  }

  labelOf(category: number, low: number, high: number): string {
    const at = this.find(low, high);
    const { cells } = this;
    if (cells[at + 2] !== this.round) {
      if (2 * ++this.used > this.slots) {
        this.grow();
        this.used--;
        return this.labelOf(category, low, high);
      }
      cells[at] = low;
      cells[at + 1] = high;
      cells[at + 2] = this.round;
      cells[at + 3] = ++this.counts[category];
    }
    return labelOf(category, cells[at + 3]);
  }

  /** Where a value is, or may be put. */
  private find(low: number, high: number): number {
    const { cells, slots, shift, round } = this;
    let slot = (Math.imul(low, MULTIPLIER) + Math.imul(high, OTHER)) >>> shift;
    for (;;) {
      const at = 4 * slot;
      if (cells[at + 2] !== round || (cells[at] === low && cells[at + 1] === high)) return at;
      slot = (slot + 1) & (slots - 1);
    }
  }

  private grow(): void {
    const before = this.cells;
    this.slots *= 2;
    this.shift--;
    this.cells = new Int32Array(4 * this.slots);
    for (let at = 0; at < before.length; at += 4)
      if (before[at + 2] === this.round)
        this.cells.set(before.subarray(at, at + 4), this.find(before[at], before[at + 1]));
  }
}

const numbers = new Numbers();

const LABELS_KEPT = 64;
/** `[MRN-1]` and the next by category: most messages need no new string. */
const labels: readonly string[][] = CATEGORIES.map((category) =>
  Array.from({ length: LABELS_KEPT }, (_, ordinal) => `[${tagOf(category)}-${ordinal}]`),
);

function labelOf(category: number, ordinal: number): string {
  return ordinal < LABELS_KEPT ? labels[category][ordinal] : `[${tagOf(CATEGORIES[category])}-${ordinal}]`;
}

const sums = { low: 0, high: 0 };

/** Two sums over a category and a folded value: within one message as good as the value, and no string is made. */
function digest(arena: Arena, lexicon: Lexicon, finding: Located, category: number): void {
  const { text } = arena;
  const { charClass, fold } = lexicon;
  let low = category;
  let high = ~low;
  const end = finding.unitEnd;
  for (let u = finding.unitStart; u < end; u++) {
    const c = text[u];
    const kind = charClass[c];
    if (kind === 0 || kind > UNIT_KIND_MAX) continue;
    low = Math.imul(low ^ fold[c], 0x01000193);
    // What the first sum has been on its way tells apart what it ends at by chance.
    high = ((high << 5) - high + low) | 0;
  }
  sums.low = low;
  sums.high = high;
}

function hashed(options: StyleOptions, arena: Arena, lexicon: Lexicon): Replace {
  const key = options.key;
  if (key === undefined) throw new SluiceError('KEY_MISSING');
  if (key.length < keyBytesMin) throw new SluiceError('KEY_TOO_SHORT');
  return (finding) => {
    const message = `${options.tenant}\0${finding.category}\0${foldedValue(arena, lexicon, finding)}`;
    const digest = createHmac('sha256', key).update(message).digest();
    return `[${tagOf(finding.category)}:${base32(digest).slice(0, HASH_LENGTH)}]`;
  };
}

/** Letters and digits of a value, folded: `00-482913` and `00482913` are one, and so are `Müller` and `MULLER`. */
function foldedValue(arena: Arena, lexicon: Lexicon, finding: Located): string {
  let value = '';
  for (let u = finding.unitStart; u < finding.unitEnd; u++) {
    const c = arena.text[u];
    const kind = lexicon.charClass[c];
    if (kind > 0 && kind <= UNIT_KIND_MAX) value += String.fromCharCode(lexicon.fold[c]);
  }
  return value;
}
