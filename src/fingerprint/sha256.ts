/** The block function of SHA-256 (FIPS 180-4, section 6.2.2), for hashes that are too short to be worth a call of the system's library. */

export const sha256Words = 8;
const ROUNDS = 64;

/** The fractional parts of the square roots of the first eight primes, and of the cube roots of the first sixty-four. */
const START = primes(sha256Words).map((prime) => fraction(Math.sqrt(prime)));
const K = Int32Array.from(primes(ROUNDS), (prime) => fraction(Math.cbrt(prime)));

const w = new Int32Array(ROUNDS);

/** The state before the first block. */
export function sha256Start(): Int32Array {
  return Int32Array.from(START);
}

/** Takes one block of 64 bytes into the state. */
export function sha256Block(state: Int32Array, bytes: Uint8Array, from: number): void {
  let at = from;
  for (let i = 0; i < 16; i++, at += 4)
    w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  for (let i = 16; i < ROUNDS; i++) {
    const x = w[i - 15];
    const y = w[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
  }
  let a = state[0];
  let b = state[1];
  let c = state[2];
  let d = state[3];
  let e = state[4];
  let f = state[5];
  let g = state[6];
  let h = state[7];
  for (let i = 0; i < ROUNDS; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

/** The first 32 bits behind the point. A double holds 52 of the root, of which at most five stand before the point. */
function fraction(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}
