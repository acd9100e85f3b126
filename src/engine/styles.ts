/**
 * The four ways to write what stood there: `label` (`[MRN-1]`), `mask` (asterisks), `hash` (`[MRN:…]`, keyed and stable
 * within a tenant) and `safe-harbor` (the little that 45 CFR 164.514(b)(2) lets stand: a year, three digits of a ZIP, 90+).
 */
import { createHmac } from 'node:crypto';
import { CATEGORIES, type Category } from '../../detectors/contract.js';
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
export function replacer(options: StyleOptions, arena: Arena, lexicon: Lexicon): Replace {
  switch (options.style) {
    case 'label':
      return numbered(arena, lexicon);
    case 'mask':
      return (finding) => '*'.repeat(finding.end - finding.start);
    case 'hash':
      return hashed(options, arena, lexicon);
    case 'safe-harbor': {
      const label = numbered(arena, lexicon);
      return (finding) => safeHarbor(arena, finding, () => label(finding));
    }
  }
}

/** `[MRN-1]`: the same folded value gets the same number, and two people stay two. */
function numbered(arena: Arena, lexicon: Lexicon): Replace {
  const ordinals = new Map<number, number>();
  const counts = new Map<Category, number>();
  return (finding) => {
    const value = digestOf(arena, lexicon, finding);
    let ordinal = ordinals.get(value);
    if (ordinal === undefined) {
      ordinal = (counts.get(finding.category) ?? 0) + 1;
      counts.set(finding.category, ordinal);
      ordinals.set(value, ordinal);
    }
    return `[${tagOf(finding.category)}-${ordinal}]`;
  };
}

/** 53 bits over a category and a folded value: within one message as good as the value, and it makes no string. */
function digestOf(arena: Arena, lexicon: Lexicon, finding: Located): number {
  const { text } = arena;
  const { charClass, fold } = lexicon;
  let low = CATEGORIES.indexOf(finding.category);
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
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
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
