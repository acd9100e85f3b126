/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) of short texts under one key. References are made by the message, and for a text of one
 * or two blocks asking the system's library costs three times what the hash itself does.
 */
import { sha256Block, sha256Start, sha256Words } from './sha256.js';

const BLOCK_BYTES = 64;
/** What is written behind the text: one bit, and its length in 64. */
const TAIL_BYTES = 9;
const DIGEST_BYTES = 32;
/** A text is written out here before it is hashed; a longer one has memory of its own. */
const SCRATCH_BYTES = 1024;

export class Hmac {
  /** What the two hashes have come to behind the key, which is the same for every text. */
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;
  readonly #state = new Int32Array(sha256Words);
  readonly #scratch = new Uint8Array(SCRATCH_BYTES);
  readonly #block = new Uint8Array(BLOCK_BYTES);
  readonly #digest = this.#block.subarray(0, DIGEST_BYTES);

  constructor(key: Uint8Array) {
    const short = key.length > BLOCK_BYTES ? hashed(key) : key;
    this.#inner = begun(short, 0x36);
    this.#outer = begun(short, 0x5c);
  }

  /** Of the UTF-8 of a text; good until the next one. */
  text(text: string): Uint8Array {
    const scratch = this.#scratch;
    if (text.length > SCRATCH_BYTES - BLOCK_BYTES - TAIL_BYTES) return this.bytes(Buffer.from(text));
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return this.bytes(Buffer.from(text));
      scratch[i] = unit;
    }
    return this.#finish(scratch, text.length);
  }

  bytes(bytes: Uint8Array): Uint8Array {
    const room = new Uint8Array(bytes.length + BLOCK_BYTES + TAIL_BYTES);
    room.set(bytes);
    return this.#finish(room, bytes.length);
  }

  #finish(room: Uint8Array, length: number): Uint8Array {
    const state = this.#state;
    const block = this.#block;
    state.set(this.#inner);
    ended(state, room, length, BLOCK_BYTES);
    written(state, block);
    state.set(this.#outer);
    ended(state, block, DIGEST_BYTES, BLOCK_BYTES);
    written(state, block);
    return this.#digest;
  }
}

function begun(key: Uint8Array, pad: number): Int32Array {
  const state = sha256Start();
  sha256Block(
    state,
    Uint8Array.from({ length: BLOCK_BYTES }, (_, i) => (key[i] ?? 0) ^ pad),
    0,
  );
  return state;
}

function hashed(bytes: Uint8Array): Uint8Array {
  const room = new Uint8Array(bytes.length + BLOCK_BYTES + TAIL_BYTES);
  room.set(bytes);
  const state = sha256Start();
  ended(state, room, bytes.length, 0);
  const digest = new Uint8Array(DIGEST_BYTES);
  written(state, digest);
  return digest;
}

/** Hashes what is there, of `before` bytes more, to its end; overwrites what is behind it. */
function ended(state: Int32Array, room: Uint8Array, length: number, before: number): void {
  const end = Math.ceil((length + TAIL_BYTES) / BLOCK_BYTES) * BLOCK_BYTES;
  room.fill(0, length, end);
  room[length] = 0x80;
  const bits = (length + before) * 8;
  for (let i = 1; i <= 4; i++) room[end - i] = bits >>> (8 * (i - 1));
  for (let at = 0; at < end; at += BLOCK_BYTES) sha256Block(state, room, at);
}

function written(state: Int32Array, into: Uint8Array): void {
  for (let i = 0; i < sha256Words; i++) {
    const word = state[i];
    into[4 * i] = word >>> 24;
    into[4 * i + 1] = word >>> 16;
    into[4 * i + 2] = word >>> 8;
    into[4 * i + 3] = word;
  }
}
