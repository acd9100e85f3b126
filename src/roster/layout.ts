/**
 * A snapshot as one stretch of shared memory, the same in a file: a line that says what it is, a header in JSON, sections of
 * 32-bit words, and a seal. There is nothing in it of a patient but keyed hashes and counts.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { endianness } from 'node:os';
import { SluiceError } from '../errors.js';
import type { RosterKeys } from './keys.js';

/** Most bytes of a snapshot: forty million people and more. */
export const snapshotBytesMax = 4 * 2 ** 30;

export const SECTIONS = ['table', 'signatures', 'births', 'groups', 'counts', 'lengths', 'former'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Header {
  readonly format: 3;
  readonly tenant: string;
  /** Of the key that made it, in hex. */
  readonly check: string;
  /** The seal of the snapshot that this one is laid over. */
  readonly base?: string;
  readonly builtAt: string;
  readonly patients: number;
  /** Patients, and other names of patients. */
  readonly rows: number;
  readonly births: number;
  readonly keys: Readonly<Record<string, number>>;
  /** Patients and values that are listed as belonging to somebody's circle. */
  readonly circles: number;
  /** Values that several patients share, and those that so many share that they say nothing. */
  readonly shared: number;
  readonly commonplace: number;
  /** Offset and length in bytes. */
  readonly sections: Readonly<Record<Section, readonly [number, number]>>;
}

const MAGIC = 'sluice roster 3\n';
const HEADER_BYTES_MAX = 64 * 1024;
const SEAL_BYTES = 32;
/** Sections begin at multiples of a cache line. */
const ALIGNMENT = 64;
/** How much goes into the seal at once. */
const PIECE_BYTES = 1 << 20;

export interface Parts {
  readonly header: Omit<Header, 'sections' | 'format'>;
  readonly sections: Readonly<Record<Section, Uint8Array>>;
}

/** Lays a snapshot out and seals it. */
export function compose(parts: Parts, keys: RosterKeys): SharedArrayBuffer {
  const lay = (from: number): { sections: Record<string, [number, number]>; end: number } => {
    const sections: Record<string, [number, number]> = {};
    let end = from;
    for (const name of SECTIONS) {
      sections[name] = [end, parts.sections[name].length];
      end = aligned(end + parts.sections[name].length);
    }
    return { sections, end };
  };
  const from = aligned(
    MAGIC.length + 4 + JSON.stringify({ ...parts.header, sections: lay(2 ** 40).sections }).length + 64,
  );
  const { sections, end } = lay(from);
  if (end + SEAL_BYTES > snapshotBytesMax) throw new SluiceError('ROSTER_TOO_LARGE');
  const buffer = new SharedArrayBuffer(end + SEAL_BYTES);
  const bytes = new Uint8Array(buffer);
  const header = Buffer.from(JSON.stringify({ format: 3, ...parts.header, sections }));
  bytes.set(Buffer.from(MAGIC));
  new DataView(buffer).setUint32(MAGIC.length, header.length, true);
  bytes.set(header, MAGIC.length + 4);
  for (const name of SECTIONS) bytes.set(parts.sections[name], sections[name][0]);
  bytes.set(sealOf(bytes.subarray(0, end), keys), end);
  return buffer;
}

/** Reads the header of a snapshot; its bytes are believed, since they were checked when they were read from the file. */
export function headerOf(bytes: Uint8Array): Header {
  const invalid = new SluiceError('ROSTER_INVALID');
  const at = MAGIC.length + 4;
  if (endianness() !== 'LE' || bytes.length < at + SEAL_BYTES) throw invalid;
  if (Buffer.from(bytes.slice(0, MAGIC.length)).toString('latin1') !== MAGIC) throw invalid;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (length > HEADER_BYTES_MAX || at + length > bytes.length) throw invalid;
  try {
    const header = JSON.parse(Buffer.from(bytes.slice(at, at + length)).toString()) as Header;
    const fits = SECTIONS.every((name) => {
      const [from, size] = header.sections[name];
      return from % 4 === 0 && size % 4 === 0 && from >= at + length && from + size <= bytes.length - SEAL_BYTES;
    });
    if (header.format === 3 && fits) return header;
  } catch {
    // What a parser says quotes what it read.
  }
  throw invalid;
}

/** Whose it is, whether the key is its own, and whether every byte is as it was written: refused if not. */
export function verify(bytes: Uint8Array, keys: RosterKeys): Header {
  const header = headerOf(bytes);
  if (header.tenant !== keys.tenant) throw new SluiceError('ROSTER_TENANT');
  if (header.check !== Buffer.from(keys.check).toString('hex')) throw new SluiceError('ROSTER_KEY');
  if (!timingSafeEqual(sealOf(bytes.subarray(0, -SEAL_BYTES), keys), bytes.slice(-SEAL_BYTES)))
    throw new SluiceError('ROSTER_INVALID');
  return header;
}

/** What names a snapshot: its seal, in hex. */
export function nameOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.slice(-SEAL_BYTES)).toString('hex');
}

function sealOf(bytes: Uint8Array, { seal }: RosterKeys): Buffer {
  const mac = createHmac('sha256', seal);
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) mac.update(bytes.subarray(at, at + PIECE_BYTES));
  return mac.digest();
}

function aligned(at: number): number {
  return Math.ceil(at / ALIGNMENT) * ALIGNMENT;
}
