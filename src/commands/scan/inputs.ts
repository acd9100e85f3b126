/**
 * Which files there are to scan: those that were named, and in folders all regular files, in the same order on every
 * machine. Folders of dependencies and hidden ones are passed by, and links within a folder are not followed.
 */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from './job.js';
import type { Format } from './options.js';

export interface Input {
  readonly path: string;
  /** What to call it in the output. */
  readonly file: string;
  /** Found in a folder, not named: a binary file is passed by. */
  readonly found: boolean;
  readonly reading: Reading;
}

/** The pipe, as an argument and in the output. */
export const STDIN = '-';
export const STDIN_NAME = 'stdin';

/** What was in a folder and not scanned. */
export interface Skipped {
  links: number;
  binary: number;
}

export function* listInputs(files: readonly string[], format: Format, skipped: Skipped): Generator<Input> {
  for (const file of files) {
    if (file !== STDIN && isFolder(file)) yield* walk(file, format, skipped);
    else yield inputOf(file, format, false);
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
    yield inputOf(folder, 'text', false);
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') yield* walk(file, format, skipped);
    } else if (entry.isFile()) yield inputOf(file, format, true);
    else if (entry.isSymbolicLink()) skipped.links++;
  }
}

function inputOf(path: string, format: Format, found: boolean): Input {
  return { path, file: path === STDIN ? STDIN_NAME : path, found, reading: readingOf(path, format) };
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
