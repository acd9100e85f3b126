/**
 * Reads inputs within bounds: a document whole, lines as they arrive. No more than one document, or one line and a
 * chunk, is held, whatever the length of the input.
 */
import { createReadStream, fstatSync } from 'node:fs';
import { inputBytesMax } from '../../limits.js';
import { Failed } from '../failure.js';
import { type Input, STDIN } from './inputs.js';

const CHUNK_BYTES = 256 * 1024;
/** A zero byte among the first so many makes a file binary; git looks at as many. */
const BINARY_BYTES = 8000;
const LINE_BREAK = 0x0a;

/** Whole lines; without bytes, one line that is longer than the bound. */
export interface LineRun {
  readonly bytes: Uint8Array | undefined;
  /** Number of the first line, from 1. */
  readonly line: number;
}

/** A document's bytes, or undefined if it turns out to be a binary file that nobody named. */
export async function readDocument(input: Input, bytesMax = inputBytesMax): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of open(input.path)) {
    if (length === 0 && input.found && chunk.subarray(0, BINARY_BYTES).includes(0)) return undefined;
    length += chunk.length;
    if (length > bytesMax) throw new Failed({ code: 'INPUT_TOO_LARGE' });
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length);
}

/** Lines are handed on as soon as they are complete: who writes to the pipe may be waiting for the answer. */
export async function* readLines(input: Input, bytesMax = inputBytesMax): AsyncGenerator<LineRun> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let line = 1;
  let tooLong = false;
  for await (const chunk of open(input.path)) {
    let from = 0;
    if (tooLong) {
      from = chunk.indexOf(LINE_BREAK) + 1;
      if (from === 0) continue;
      tooLong = false;
      yield { bytes: undefined, line: line++ };
    }
    const to = chunk.lastIndexOf(LINE_BREAK) + 1;
    if (to > from) {
      const bytes = Buffer.concat([...held, chunk.subarray(from, to)]);
      yield { bytes, line };
      line += countLines(bytes);
      held = [];
      heldBytes = 0;
      from = to;
    }
    if (from < chunk.length) {
      held.push(chunk.subarray(from));
      heldBytes += chunk.length - from;
    }
    if (heldBytes > bytesMax) {
      tooLong = true;
      held = [];
      heldBytes = 0;
    }
  }
  if (tooLong) yield { bytes: undefined, line };
  else if (heldBytes > 0) yield { bytes: Buffer.concat(held), line };
}

async function* open(path: string): AsyncGenerator<Buffer> {
  try {
    // Node takes a folder on stdin for an empty pipe.
    if (path === STDIN && fstatSync(0).isDirectory()) throw new Failed({ code: 'FILE_UNREADABLE' });
    const stream = path === STDIN ? process.stdin : createReadStream(path, { highWaterMark: CHUNK_BYTES });
    for await (const chunk of stream) yield chunk as Buffer;
  } catch {
    // Its message names the file.
    throw new Failed({ code: 'FILE_UNREADABLE' });
  }
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_BREAK); at >= 0; at = bytes.indexOf(LINE_BREAK, at + 1)) count++;
  return count;
}
