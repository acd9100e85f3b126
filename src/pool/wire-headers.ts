/** Headers within a frame: how many, then for each the lengths of name and value and their bytes, byte by byte. */
import type { Headers } from '../message.js';
import { WireError } from './wire-error.js';

const NULL = 0xffffffff;

export function bytesOfHeaders(headers: Headers): number {
  let bytes = 4;
  for (const [name, value] of headers) bytes += 8 + Buffer.byteLength(name) + (value?.length ?? 0);
  return bytes;
}

export function writeHeaders(bytes: Buffer, at: number, headers: Headers): number {
  let to = bytes.writeUInt32LE(headers.length, at);
  for (const [name, value] of headers) {
    const written = bytes.write(name, to + 8);
    bytes.writeUInt32LE(written, to);
    bytes.writeUInt32LE(value === null ? NULL : value.length, to + 4);
    to += 8 + written;
    if (value === null) continue;
    bytes.set(value, to);
    to += value.length;
  }
  return to;
}

export function readHeaders(bytes: Buffer): Headers {
  let at = 0;
  const word = (): number => {
    if (at + 4 > bytes.length) throw new WireError('headers');
    at += 4;
    return bytes.readUInt32LE(at - 4);
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new WireError('headers');
    at += length;
    return bytes.subarray(at - length, at);
  };
  const count = word();
  const headers: [string, Buffer | null][] = [];
  for (let i = 0; i < count; i++) {
    const nameBytes = word();
    const valueBytes = word();
    const name = take(nameBytes).toString();
    headers.push([name, valueBytes === NULL ? null : take(valueBytes)]);
  }
  if (at !== bytes.length) throw new WireError('headers');
  return headers;
}
