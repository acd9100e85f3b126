/**
 * Keyed marks of texts that come in parts: two SipHashes, each under a key of its own, and so a random function to who has not
 * the keys. Nothing is put together for it, and in between of all else it costs a fifth of an HMAC-SHA-256.
 */
import { createHmac } from 'node:crypto';
import { SipHash, siphashKeyBytes } from './siphash.js';

/** The parts are written out here; for longer texts it is made anew, and given back. */
const ROOM_BYTES = 1024;
const ZERO = 0x30;
const COLON = 0x3a;
const HALF_BYTES = 8;

export class Marker {
  readonly #first: SipHash;
  readonly #second: SipHash;
  readonly #kept = new Uint8Array(ROOM_BYTES);
  readonly #mark = new Uint8Array(2 * HALF_BYTES);
  #room = this.#kept;
  #length = 0;

  constructor(key: Uint8Array) {
    const keys = createHmac('sha256', key).update('sluice marks\0').digest();
    this.#first = new SipHash(keys.subarray(0, siphashKeyBytes));
    this.#second = new SipHash(keys.subarray(siphashKeyBytes));
  }

  begin(): this {
    this.#length = 0;
    this.#room = this.#kept;
    return this;
  }

  /** The UTF-8 of a text. */
  add(text: string): this {
    const { length } = text;
    this.#widen(length);
    const room = this.#room;
    const from = this.#length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return this.#addBytes(Buffer.from(text));
      room[from + i] = unit;
    }
    this.#length = from + length;
    return this;
  }

  /** The same behind its length, so that no text runs on into the next. */
  addMeasured(text: string): this {
    return this.addWhole(text.length).#sign(COLON).add(text);
  }

  #sign(byte: number): this {
    this.#widen(1);
    this.#room[this.#length++] = byte;
    return this;
  }

  /** A whole number, in decimal digits. */
  addWhole(number: number): this {
    if (number >= 10) this.addWhole(Math.floor(number / 10));
    return this.#sign(ZERO + (number % 10));
  }

  /** Good until the next one. */
  end(): Uint8Array {
    this.#half(this.#first, 0);
    this.#half(this.#second, HALF_BYTES);
    this.#room = this.#kept;
    return this.#mark;
  }

  #half(hash: SipHash, at: number): void {
    hash.bytes(this.#room, 0, this.#length);
    const { high, low } = hash;
    for (let i = 0; i < 4; i++) {
      this.#mark[at + i] = high >>> (24 - 8 * i);
      this.#mark[at + 4 + i] = low >>> (24 - 8 * i);
    }
  }

  #addBytes(bytes: Uint8Array): this {
    this.#widen(bytes.length);
    this.#room.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** Room for so many bytes more. */
  #widen(bytes: number): void {
    const wanted = this.#length + bytes;
    if (wanted <= this.#room.length) return;
    const wider = new Uint8Array(2 * wanted);
    wider.set(this.#room.subarray(0, this.#length));
    this.#room = wider;
  }
}
