/**
 * Snapshots as files: written beside and moved into place, so that nobody ever reads half of one; read whole into shared
 * memory and checked to the last byte before anything is looked up.
 */
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { SluiceError } from '../errors.js';
import type { RosterKeys } from './keys.js';
import { snapshotBytesMax, verify } from './layout.js';

/** Bytes that go between file and memory at once. */
const PIECE_BYTES = 64 * 1024 * 1024;

export function readSnapshot(path: string, keys: RosterKeys): SharedArrayBuffer {
  const buffer = read(path);
  verify(new Uint8Array(buffer), keys);
  return buffer;
}

function read(path: string): SharedArrayBuffer {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    if (size > snapshotBytesMax) throw new SluiceError('ROSTER_TOO_LARGE');
    const buffer = new SharedArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    for (let at = 0; at < size; ) {
      const got = readSync(file, bytes, at, Math.min(PIECE_BYTES, size - at), at);
      if (got === 0) throw new SluiceError('ROSTER_INVALID');
      at += got;
    }
    return buffer;
  } catch (error) {
    throw error instanceof SluiceError ? error : new SluiceError('FILE_UNREADABLE', { subject: 'the roster' });
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

export function writeSnapshot(path: string, buffer: SharedArrayBuffer): void {
  const beside = `${path}.${process.pid}.next`;
  try {
    const file = openSync(beside, 'wx', 0o600);
    try {
      const bytes = new Uint8Array(buffer);
      for (let at = 0; at < bytes.length; )
        at += writeSync(file, bytes, at, Math.min(PIECE_BYTES, bytes.length - at), at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, path);
  } catch {
    rmSync(beside, { force: true });
    throw new SluiceError('FILE_UNWRITABLE', { subject: 'the roster' });
  }
}
