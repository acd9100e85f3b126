/**
 * Handles: short strings that say which message, session, agent, tenant or header it is. A handle is passed on as it is
 * unless an identifier is found in it; then a keyed reference takes its place, the same for the same value of a tenant.
 * Clean ones are remembered, since the same come with every message.
 */
import { createHmac } from 'node:crypto';
import type { Engine } from '../engine/engine.js';
import { handleUnitsMax } from '../limits.js';

const REMEMBERED_MAX = 4096;
const REMEMBERED_UNITS_MAX = 256;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** A bare number of the lengths that chart, account and telephone numbers have: as a key it has no label to betray it. */
const BARE_NUMBER = /^[\d-]{6,14}$/;
/** What a reference looks like: Sluice's own form for keyed hashes, which is not redacted again. */
const REFERENCE = /^\[OTHER-ID:[A-Z2-7]{16}\]$/;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const REFERENCE_CHARACTERS = 16;

export class Handles {
  private readonly clean = new Set<string>();

  constructor(
    private readonly engine: Engine,
    private readonly key: Uint8Array,
  ) {}

  /** The handle itself or its reference. `secret` is a value that must not stand in it: the patient's number. */
  pass(value: string, tenant: string, secret?: string): string {
    if (REFERENCE.test(value)) return value;
    if (secret !== undefined && secret !== '' && value.includes(secret)) return this.reference(value, tenant);
    if (UUID.test(value) || ULID.test(value)) return value;
    if (value.length > handleUnitsMax || BARE_NUMBER.test(value) || this.finds(value)) {
      return this.reference(value, tenant);
    }
    return value;
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
    if (text.length <= REMEMBERED_UNITS_MAX) {
      if (this.clean.size >= REMEMBERED_MAX) this.clean.clear();
      this.clean.add(text);
    }
    return false;
  }
}
