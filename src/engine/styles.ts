/**
 * The four ways to write what stood there: `label` (`[MRN-1]`), `mask` (asterisks), `hash` (`[MRN:…]`, keyed and stable
 * within a tenant) and `safe-harbor` (the little that 45 CFR 164.514(b)(2) lets stand: a year, three digits of a ZIP, 90+).
 */
import { createHmac } from 'node:crypto';
import { CATEGORIES } from '../../detectors/contract.js';
import { SluiceError } from '../errors.js';
import { keyBytesMin } from '../limits.js';
import type { Arena } from './arena.js';
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

/** A value that has its number. Values are told apart by two sums of 32 bits, which V8 keeps without a box each. */
interface Numbered {
  readonly sum: number;
  readonly label: string;
  /** Another value with the same first sum. */
  readonly other: Numbered | undefined;
}

/** `[MRN-1]`: the same folded value gets the same number, and two people stay two. */
function numbered(arena: Arena, lexicon: Lexicon): Replace {
  const values = new Map<number, Numbered>();
  const counts = new Uint32Array(CATEGORIES.length);
  return (finding) => {
    const category = CATEGORIES.indexOf(finding.category);
    digest(arena, lexicon, finding, category);
    const first = values.get(sums.low);
    for (let value = first; value !== undefined; value = value.other) if (value.sum === sums.high) return value.label;
    const label = labelOf(category, ++counts[category]);
    values.set(sums.low, { sum: sums.high, label, other: first });
    return label;
  };
}

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

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(buffer >> bits) & 31];
    }
  }
  return out;
}
