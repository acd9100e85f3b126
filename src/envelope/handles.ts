/**
 * Handles: short strings that say which message, session, agent, tenant or header it is. A handle is passed on as it is
 * unless an identifier is found in it, or one that the message gives away elsewhere; then a keyed reference takes its place, the same for the same value of a tenant.
 * Clean ones are remembered, since the same come with every message.
 */
import { createHmac } from 'node:crypto';
import type { Category } from '../../detectors/contract.js';
import type { Engine } from '../engine/engine.js';
import { handleUnitsMax } from '../limits.js';
import { Known } from './known.js';

const REMEMBERED_MAX = 4096;
const REMEMBERED_UNITS_MAX = 256;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** A random number begins with no row of zeros: somebody's own number was put into the form. */
const PADDED = /-0{3}\d{9}$/;
/** A bare number as long as chart, account and telephone numbers are: as a key it has no label to betray it. */
const BARE_NUMBER = /^[\d-]{6,}$|(?<![\p{L}\p{N}])\p{Nd}{6,}(?![\p{L}\p{N}])/u;
/** What a reference looks like: Sluice's own form for keyed hashes, which is not redacted again. */
const REFERENCE = /^\[OTHER-ID:[A-Z2-7]{16}\]$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const REFERENCE_CHARACTERS = 16;

/** Told of what a handle was replaced for. */
export type Found = (category: Category) => void;

export class Handles {
  /** What the message in hand has given away elsewhere. */
  readonly known = new Known();
  private readonly clean = new Set<string>();
  private readonly harmless = new Set<string>();

  constructor(
    private readonly engine: Engine,
    private readonly key: Uint8Array,
  ) {}

  /** The handle itself or its reference. */
  pass(value: string, tenant: string, found?: Found): string {
    const handle = value.trim();
    if (this.isHarmless(handle) && !this.known.standsIn(handle)) return value;
    if (REFERENCE.test(handle)) return value;
    if (found !== undefined) this.tell(handle, found);
    return this.reference(handle, tenant);
  }

  /** By itself, whatever message it is in. */
  private isHarmless(handle: string): boolean {
    if (this.harmless.has(handle)) return true;
    if (/\p{Cc}/u.test(handle)) return false;
    // Others like it never come again, and are told by their form.
    if ((UUID.test(handle) && !PADDED.test(handle)) || ULID.test(handle)) return true;
    if (handle.length > handleUnitsMax || BARE_NUMBER.test(handle) || this.finds(handle)) return false;
    remember(this.harmless, handle);
    return true;
  }

  /** The categories of what is in it; a number that nobody has a name for is one of the other identifiers. */
  private tell(handle: string, found: Found): void {
    const { findings } = this.engine.scan(handle);
    for (const { category } of findings) found(category);
    if (findings.length === 0) found('other-id');
  }

  /** Sixteen base32 characters of an HMAC: 80 bits, not to be had without the key. */
  reference(value: string | Buffer, tenant: string): string {
    if (typeof value === 'string' && REFERENCE.test(value)) return value;
    const digest = createHmac('sha256', this.key).update(tenant).update('\0').update(value).digest();
    let text = '';
    for (let i = 0; i < REFERENCE_CHARACTERS; i++) {
      const bit = i * 5;
      const pair = (digest[bit >> 3] << 8) | digest[(bit >> 3) + 1];
      text += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
    }
    return `[OTHER-ID:${text}]`;
  }

  /** Whether the engine finds anything in a short text. */
  finds(text: string): boolean {
    if (this.clean.has(text)) return false;
    if (this.engine.scan(text).findings.length > 0) return true;
    remember(this.clean, text);
    return false;
  }
}

function remember(set: Set<string>, text: string): void {
  if (text.length > REMEMBERED_UNITS_MAX) return;
  if (set.size >= REMEMBERED_MAX) set.clear();
  set.add(text);
}
