/**
 * Which files there are to scan: those that were named, and in folders all regular files, in the same order on every
 * machine. Folders of dependencies and hidden ones are passed by, and links within a folder are not followed.
 */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Format } from './options.js';
import type { Reading } from './job.js';

export interface Input {
  /** As a person would write it. */
  readonly file: string;
  /** Found in a folder, not named: a binary file is passed by. */
  readonly found: boolean;
  readonly reading: Reading;
}

/** What is printed for the pipe. */
export const STDIN = '-';

/** What was in a folder and not scanned. */
export interface Skipped {
  links: number;
  binary: number;
}

export function* listInputs(files: readonly string[], format: Format, skipped: Skipped): Generator<Input> {
  for (const file of files) {
    if (file !== STDIN && isFolder(file)) yield* walk(file, format, skipped);
    else yield { file, found: false, reading: readingOf(file, format) };
  }
}

/** Bytes of all inputs, if that can be known without listing folders; for the progress bar. */
export function bytesOf(files: readonly string[]): number | undefined {
  let bytes = 0;
  for (const file of files) {
    const stat = file === STDIN ? undefined : statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() !== true) return undefined;
    bytes += stat.size;
  }
  return bytes;
}

function* walk(folder: string, format: Format, skipped: Skipped): Generator<Input> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // Reading it as a file fails too, and is reported there.
    yield { file: folder, found: false, reading: 'document' };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') yield* walk(file, format, skipped);
    } else if (entry.isFile()) yield { file, found: true, reading: readingOf(file, format) };
    else if (entry.isSymbolicLink()) skipped.links++;
  }
}

function readingOf(file: string, format: Format): Reading {
  if (format === 'jsonl') return 'records';
  return format === 'auto' && /\.(jsonl|ndjson)$/i.test(file) ? 'lines' : 'document';
}

function isFolder(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
