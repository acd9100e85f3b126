/**
 * Handles: short strings that say which message, session, agent, tenant or header it is. A handle is passed on as it is
 * unless an identifier is found in it, or one that the message gives away elsewhere; then a keyed reference takes its place, the same for the same value of a tenant.
 * Clean ones are remembered, since the same come with every message.
 */
import type { Category } from '../../detectors/contract.js';
import { base32 } from '../engine/base32.js';
import type { Engine } from '../engine/engine.js';
import { Hmac } from '../fingerprint/hmac.js';
import { Marker } from '../fingerprint/marker.js';
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
/** Of a digest: 80 bits are sixteen characters. */
const REFERENCE_BYTES = 10;

/** Told of what a handle was replaced for. */
export type Found = (category: Category) => void;

export class Handles {
  /** What the message in hand has given away elsewhere. */
  readonly known = new Known();
  private readonly clean = new Set<string>();
  /** By tenant and value: the same patients and providers come with message after message. */
  private readonly references = new Map<string, Map<string, string>>();
  private referenced = 0;
  private readonly harmless = new Set<string>();
  private readonly hmac: Hmac;
  private readonly marker: Marker;

  constructor(
    private readonly engine: Engine,
    key: Uint8Array,
  ) {
    this.hmac = new Hmac(key);
    this.marker = new Marker(key);
  }

  /** Forgets the message before. */
  begin(): void {
    this.known.clear();
  }

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

  /** Sixteen base32 characters of an HMAC: 80 bits, not to be had without the key. Remembered from message to message. */
  reference(value: string, tenant: string): string {
    if (REFERENCE.test(value)) return value;
    const known = this.references.get(tenant)?.get(value);
    if (known !== undefined) return known;
    const reference = this.referenceOf(`${tenant}\0${value}`);
    if (tenant.length + value.length < REMEMBERED_UNITS_MAX) {
      if (++this.referenced > REMEMBERED_MAX) {
        this.references.clear();
        this.referenced = 1;
      }
      const all = this.references.get(tenant);
      if (all === undefined) this.references.set(tenant, new Map([[value, reference]]));
      else all.set(value, reference);
    }
    return reference;
  }

  /** The same for what is not worth remembering: it hardly comes again. */
  referenceOnce(value: string | Buffer, tenant: string): string {
    return this.referenceOf(
      typeof value === 'string' ? `${tenant}\0${value}` : Buffer.concat([Buffer.from(`${tenant}\0`), value]),
    );
  }

  /** What two equal things have in common, and nobody can tell without the key: for what is made for every message. */
  mark(write: (into: Marker) => void, tenant: string): string {
    const into = this.marker.begin().add(tenant).add('\0');
    write(into);
    return `[OTHER-ID:${base32(into.end(), REFERENCE_BYTES)}]`;
  }

  private referenceOf(whose: string | Uint8Array): string {
    const digest = typeof whose === 'string' ? this.hmac.text(whose) : this.hmac.bytes(whose);
    return `[OTHER-ID:${base32(digest, REFERENCE_BYTES)}]`;
  }

  /** What is found in a short text, and undefined for one in which nothing was: asked only of one that is not known to be clean. */
  unlessClean<T>(text: string, find: () => T | undefined): T | undefined {
    if (this.clean.has(text)) return undefined;
    const found = find();
    if (found === undefined) remember(this.clean, text);
    return found;
  }

  /** Whether the engine finds anything in a short text. */
  finds(text: string): boolean {
    const found = (): true | undefined => this.engine.scan(text).findings.length > 0 || undefined;
    return this.unlessClean(text, found) === true;
  }
}

function remember(set: Set<string>, text: string): void {
  if (text.length > REMEMBERED_UNITS_MAX) return;
  if (set.size >= REMEMBERED_MAX) set.clear();
  set.add(text);
}
