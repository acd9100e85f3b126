/**
 * What goes to a thread and comes back: many small documents or lines in one message. A piece is a document or a run of
 * whole lines; one that could not even be read travels along as its failure, so that everything keeps its place.
 */
import type { Category } from '../../../detectors/contract.js';
import type { Failure } from '../failure.js';

/** `document`: as a whole; `lines`: each line a document; `records`: each line an id and a text. */
export type Reading = 'document' | 'lines' | 'records';

export interface Piece {
  readonly file: string;
  readonly reading: Reading;
  /** Bytes of the job. */
  readonly from: number;
  readonly to: number;
  /** Number of the first line, from 1; 0 for a failure of the file as a whole. */
  readonly line: number;
  readonly failure?: Failure;
}

export interface Job {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pieces: readonly Piece[];
}

export type Counts = Partial<Record<Category, number>>;

export interface PieceResult {
  readonly file: string;
  /** Exactly what to print. */
  readonly out: string;
  /** Documents scanned: lines and records count as such. */
  readonly documents: number;
  readonly bytes: number;
  readonly counts: Counts;
  readonly failures: readonly Failure[];
}
