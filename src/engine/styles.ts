/**
 * The four ways to write what stood there: `label` (`[MRN-1]`), `mask` (asterisks), `hash` (`[MRN:…]`, keyed and stable
 * within a tenant) and `safe-harbor` (the little that 45 CFR 164.514(b)(2) lets stand: a year, three digits of a ZIP, 90+).
 */
import { createHmac } from 'node:crypto';
import { SluiceError } from '../errors.js';
import { keyBytesMin } from '../limits.js';
import type { Arena } from './arena.js';
import type { Located } from './finding.js';
import type { Lexicon } from './lexicon.js';
import { HASH_LENGTH, tagOf } from './redacted.js';
import type { Replace } from './redact.js';
import { safeHarbor } from './safe-harbor.js';

export const STYLES = ['label', 'mask', 'hash', 'safe-harbor'] as const;
export type Style = (typeof STYLES)[number];

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
  const ordinals = new Map<string, Map<string, number>>();
  return (finding) => {
    let values = ordinals.get(finding.category);
    if (values === undefined) ordinals.set(finding.category, (values = new Map()));
    const value = foldedValue(arena, lexicon, finding);
    let ordinal = values.get(value);
    if (ordinal === undefined) values.set(value, (ordinal = values.size + 1));
    return `[${tagOf(finding.category)}-${ordinal}]`;
  };
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
    if (kind > 0 && kind <= 4) value += String.fromCharCode(lexicon.fold[c]);
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
