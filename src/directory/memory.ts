/** A directory from rows in memory: for tests, and for applications that keep the facts themselves. */
import { createHash, randomBytes } from 'node:crypto';
import { siphashKeyBytes } from '../fingerprint/siphash.js';
import type { Directory } from './directory.js';
import { DirectoryRefused, type Fault } from './fault.js';
import { attachDirectory, composeAll, type DirectoryImage } from './image.js';
import { PartBuilder } from './part.js';
import { readRow } from './read-row.js';
import { LISTS, type List, type RowInput } from './rows.js';

/** Lists of rows, as they stand in a file. */
export type DirectoryInput = { readonly [L in List]?: readonly RowInput<(typeof LISTS)[L]>[] };

export interface MemoryOptions {
  /** Whose rows those are that do not say; `default`. */
  readonly tenant?: string;
}

export function memoryDirectory(input: DirectoryInput, options: MemoryOptions = {}): Directory {
  return attachDirectory(memoryImage(input, options));
}

/** The same, to be handed to threads. */
export function memoryImage(input: DirectoryInput, { tenant = 'default' }: MemoryOptions = {}): DirectoryImage {
  const key = randomBytes(siphashKeyBytes);
  const builder = new PartBuilder(key, tenant);
  const faults: Fault[] = [];
  for (const [list, rows] of Object.entries(input)) {
    if (!Object.hasOwn(LISTS, list)) {
      faults.push({ code: 'unknown-list', known: Object.keys(LISTS) });
      continue;
    }
    rows.forEach((row, i) => {
      const read = readRow(LISTS[list as List], row, { member: `${list}[${i}]` });
      if ('faults' in read) faults.push(...read.faults);
      else builder.enter(read.kind, read.row, { member: `${list}[${i}]` });
    });
  }
  if (faults.length > 0) throw new DirectoryRefused(faults);
  const digest = createHash('sha256').update(JSON.stringify(input)).digest('hex');
  return composeAll([builder.part(digest)], key, tenant);
}
