/**
 * SipHash-2-4 (Aumasson, Bernstein 2012) over bytes or the UTF-8 of a text, under a key of 128 bits: who does not hold the
 * key can neither guess what a fingerprint stands for nor make two values share one. The 64 bits stand in two fields,
 * since a number holds 53 and an object for each hash would cost more than the hash.
 */
import { SluiceError } from '../errors.js';

export const siphashKeyBytes = 16;

/** A text is written out here before it is hashed; a longer one is encoded by Node. */
const SCRATCH_BYTES = 512;

export class SipHash {
  /** The two halves of the last hash, as signed 32-bit integers. */
  high = 0;
  low = 0;
  readonly #key: Int32Array;
  /** For whoever writes bytes to be hashed one by one. */
  readonly scratch = new Uint8Array(SCRATCH_BYTES);
  readonly #scratchView = new DataView(this.scratch.buffer);
  #viewed: Uint8Array = this.scratch;
  #view: DataView = this.#scratchView;

  constructor(key: Uint8Array) {
    if (key.length !== siphashKeyBytes) throw new SluiceError('KEY_TOO_SHORT', { subject: `${siphashKeyBytes} bytes` });
    const view = new DataView(key.buffer, key.byteOffset, siphashKeyBytes);
    this.#key = Int32Array.from([0, 4, 8, 12], (at) => view.getInt32(at, true));
  }

  /** Whoever hashes many parts of one buffer pays for its view once. */
  bytes(bytes: Uint8Array, start = 0, end = bytes.length): void {
    if (bytes !== this.#viewed) {
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      this.#viewed = bytes;
    }
    this.#hash(this.#view, start, end);
  }

  /** The first bytes of `scratch`. */
  scratched(length: number): void {
    this.#hash(this.#scratchView, 0, length);
  }

  /** A whole number in decimal digits, behind the byte `domain`: the same as its text. */
  number(value: number, domain: number): void {
    const { scratch } = this;
    let to = 1;
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) to++;
    scratch[0] = domain;
    for (let at = to, rest = value; at > 0; at--, rest = Math.floor(rest / 10)) scratch[at] = 0x30 + (rest % 10);
    this.#hash(this.#scratchView, 0, to + 1);
  }

  /** The UTF-8 of the text, behind the byte `domain` where one is given: the same value of two kinds has two fingerprints. */
  text(text: string, domain = -1): void {
    if (text.length >= SCRATCH_BYTES || !this.#written(text, domain)) {
      const bytes = Buffer.from(text);
      this.bytes(domain < 0 ? bytes : Buffer.concat([Uint8Array.of(domain), bytes]));
    }
  }

  /** The same of four texts with a zero byte between them, which are not put together for it. */
  texts(domain: number, first: string, second: string, third: string, fourth: string): void {
    let at = -1;
    if (first.length + second.length + third.length + fourth.length + 4 <= SCRATCH_BYTES) {
      this.scratch[0] = domain;
      at = this.#write(first, 1);
      if (at > 0) at = this.#write(second, this.#end(at));
      if (at > 0) at = this.#write(third, this.#end(at));
      if (at > 0) at = this.#write(fourth, this.#end(at));
    }
    if (at > 0) this.#hash(this.#scratchView, 0, at);
    else this.text(`${first}\0${second}\0${third}\0${fourth}`, domain);
  }

  #end(at: number): number {
    this.scratch[at] = 0;
    return at + 1;
  }

  /** Hashes an ASCII text; any other is left alone. */
  #written(text: string, domain: number): boolean {
    if (domain >= 0) this.scratch[0] = domain;
    const end = this.#write(text, domain >= 0 ? 1 : 0);
    if (end < 0) return false;
    this.#hash(this.#scratchView, 0, end);
    return true;
  }

  /** Where an ASCII text ends that begins there; less than none if it is not ASCII. */
  #write(text: string, from: number): number {
    const { scratch } = this;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return -1;
      scratch[from + i] = unit;
    }
    return from + text.length;
  }

  #hash(view: DataView, start: number, end: number): void {
    const key = this.#key;
    let v0h = key[1] ^ 0x736f6d65;
    let v0l = key[0] ^ 0x70736575;
    let v1h = key[3] ^ 0x646f7261;
    let v1l = key[2] ^ 0x6e646f6d;
    let v2h = key[1] ^ 0x6c796765;
    let v2l = key[0] ^ 0x6e657261;
    let v3h = key[3] ^ 0x74656462;
    let v3l = key[2] ^ 0x79746573;
    const length = end - start;
    const whole = length >>> 3;
    let at = start;
    // One block more than there are whole ones, for what is left over with the length; then four rounds without input.
    for (let block = 0; block <= whole + 1; block++) {
      let ml = 0;
      let mh = 0;
      let rounds = 2;
      if (block < whole) {
        ml = view.getInt32(at, true);
        mh = view.getInt32(at + 4, true);
        at += 8;
      } else if (block === whole) {
        for (let shift = 0; at < end; at++, shift += 8) {
          if (shift < 32) ml |= view.getUint8(at) << shift;
          else mh |= view.getUint8(at) << (shift - 32);
        }
        mh |= (length & 0xff) << 24;
      } else {
        v2l ^= 0xff;
        rounds = 4;
      }
      v3h ^= mh;
      v3l ^= ml;
      for (; rounds > 0; rounds--) {
        // v0 += v1; v1 = v1 <<< 13 ^ v0; v0 = v0 <<< 32
        let sum = (v0l + v1l) | 0;
        v0h = (v0h + v1h + carry(v0l, v1l, sum)) | 0;
        let turned = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
        v1l = ((v1l << 13) | (v1h >>> 19)) ^ sum;
        v1h = turned;
        v0l = v0h;
        v0h = sum;
        // v2 += v3; v3 = v3 <<< 16 ^ v2
        sum = (v2l + v3l) | 0;
        v2h = (v2h + v3h + carry(v2l, v3l, sum)) | 0;
        v2l = sum;
        turned = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
        v3l = ((v3l << 16) | (v3h >>> 16)) ^ v2l;
        v3h = turned;
        // v0 += v3; v3 = v3 <<< 21 ^ v0
        sum = (v0l + v3l) | 0;
        v0h = (v0h + v3h + carry(v0l, v3l, sum)) | 0;
        v0l = sum;
        turned = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
        v3l = ((v3l << 21) | (v3h >>> 11)) ^ v0l;
        v3h = turned;
        // v2 += v1; v1 = v1 <<< 17 ^ v2; v2 = v2 <<< 32
        sum = (v2l + v1l) | 0;
        v2h = (v2h + v1h + carry(v2l, v1l, sum)) | 0;
        turned = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
        v1l = ((v1l << 17) | (v1h >>> 15)) ^ sum;
        v1h = turned;
        v2l = v2h;
        v2h = sum;
      }
      v0h ^= mh;
      v0l ^= ml;
    }
    this.high = v0h ^ v1h ^ v2h ^ v3h;
    this.low = v0l ^ v1l ^ v2l ^ v3l;
  }
}

/** Of a sum's low halves into the high ones. Asked of the bits: whether a sum has run over is a guess that a branch gets wrong half the time. */
function carry(one: number, other: number, sum: number): number {
  return ((one & other) | ((one | other) & ~sum)) >>> 31;
}
