/**
 * Puts what is read together into jobs: small documents travel many in one message, lines as they arrive. The order of
 * pieces is the order of inputs, and an input that cannot be read is a piece too.
 */
import { failureOf } from '../failure.js';
import { type Input, listInputs, type Skipped } from './inputs.js';
import type { Job, Piece } from './job.js';
import type { Format } from './options.js';
import { readDocument, readLines } from './reading.js';

/** Documents are gathered up to this many bytes. */
const JOB_BYTES = 256 * 1024;

export async function* makeJobs(files: readonly string[], format: Format, skipped: Skipped): AsyncGenerator<Job> {
  let load = new Load();
  for (const input of listInputs(files, format, skipped)) {
    for await (const part of partsOf(input, skipped)) {
      load.add(input, part);
      if (load.bytes < JOB_BYTES && input.reading === 'document') continue;
      yield load.job();
      load = new Load();
    }
  }
  if (load.pieces.length > 0) yield load.job();
}

type Part = Pick<Piece, 'line' | 'failure'> & { readonly bytes: Uint8Array };

const NOTHING = new Uint8Array();

async function* partsOf(input: Input, skipped: Skipped): AsyncGenerator<Part> {
  try {
    if (input.reading === 'document') {
      const bytes = await readDocument(input);
      if (bytes === undefined) skipped.binary++;
      else yield { bytes, line: 1 };
      return;
    }
    for await (const { bytes, line } of readLines(input)) {
      yield bytes === undefined ? { bytes: NOTHING, line, failure: { code: 'INPUT_TOO_LARGE' } } : { bytes, line };
    }
  } catch (error) {
    yield { bytes: NOTHING, line: 0, failure: failureOf(error) };
  }
}

/** A job in the making. */
class Load {
  bytes = 0;
  readonly pieces: Piece[] = [];
  private readonly parts: Uint8Array[] = [];

  add({ file, reading }: Input, { bytes, line, failure }: Part): void {
    const from = this.bytes;
    this.bytes += bytes.length;
    this.parts.push(bytes);
    const piece = { file, reading, from, to: this.bytes, line };
    this.pieces.push(failure === undefined ? piece : { ...piece, failure });
  }

  /** The bytes are copied once, into memory that can change threads. */
  job(): Job {
    const bytes = new Uint8Array(this.bytes);
    this.parts.forEach((part, i) => {
      bytes.set(part, this.pieces[i].from);
    });
    return { bytes, pieces: this.pieces };
  }
}
