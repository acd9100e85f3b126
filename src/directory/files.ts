/**
 * The directory's files: one, or all of a folder, each a part that is read again only when it has changed, so that a new
 * line in a small file never waits for the million lines beside it.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { directoryFaultsMax, directoryFileBytesMax, directoryFilesMax } from '../limits.js';
import { DirectoryRefused, type Fault, type FaultCode } from './fault.js';
import type { Part } from './part.js';
import { readDocument } from './read-document.js';
import { readLines } from './read-lines.js';

const DOCUMENTS = ['.yaml', '.yml', '.json'];
const LINES = ['.jsonl', '.ndjson'];

interface Kept {
  readonly stamp: string;
  readonly part: Part;
}

export class DirectoryFiles {
  private kept = new Map<string, Kept>();
  /** How it looked when it was read last: what was refused then is not read again before it looks otherwise. */
  private looked = '';

  constructor(
    private readonly path: string,
    private readonly key: Uint8Array,
    private readonly tenant: string,
  ) {}

  /**
   * All parts; `undefined` if nothing has changed since they were asked for last, or somebody is writing just now.
   * Throws `DirectoryRefused`, once for what looks the same.
   */
  async changed(): Promise<readonly Part[] | undefined> {
    const files = await this.list();
    const looks = looksOf(files);
    if (looks === this.looked) return undefined;
    const kept = new Map<string, Kept>();
    const faults: Fault[] = [];
    for (const file of files) {
      const before = this.kept.get(file.path);
      try {
        kept.set(file.path, before?.stamp === file.stamp ? before : { stamp: file.stamp, part: await this.read(file) });
      } catch (error) {
        faults.push(...(error instanceof DirectoryRefused ? error.faults : [fault(file.name, 'unreadable')]));
        if (faults.length >= directoryFaultsMax) break;
      }
    }
    // What was written to while it was read is neither the old nor the new.
    if (looksOf(await this.list()) !== looks) return undefined;
    this.looked = looks;
    if (faults.length > 0) throw new DirectoryRefused(faults);
    this.kept = kept;
    return [...kept.values()].map(({ part }) => part);
  }

  private async read({ path, name, bytes }: Listed): Promise<Part> {
    if (LINES.includes(extname(path))) return readLines(path, name, this.key, this.tenant);
    if (bytes > directoryFileBytesMax) throw new DirectoryRefused([fault(name, 'too-large')]);
    return readDocument(await readFile(path), name, this.key, this.tenant);
  }

  private async list(): Promise<readonly Listed[]> {
    try {
      const whole = await stat(this.path);
      if (!whole.isDirectory()) return [listed(this.path, whole)];
      const names = (await readdir(this.path)).filter((name) => isOurs(name)).sort();
      if (names.length > directoryFilesMax) throw new DirectoryRefused([{ code: 'too-many', member: 'files' }]);
      const files = await Promise.all(
        names.map(async (name) => listed(join(this.path, name), await stat(join(this.path, name)))),
      );
      if (files.length > 0) return files;
    } catch (error) {
      if (error instanceof DirectoryRefused) throw error;
    }
    throw new DirectoryRefused([{ code: 'unreadable', member: 'the directory' }]);
  }
}

interface Listed {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly stamp: string;
}

function looksOf(files: readonly Listed[]): string {
  return files.map(({ path, stamp }) => `${path}\0${stamp}`).join('\n');
}

/** Other files may lie beside: a README, what a mount or an editor leaves. */
function isOurs(name: string): boolean {
  return !name.startsWith('.') && [...DOCUMENTS, ...LINES].includes(extname(name));
}

type Stat = Awaited<ReturnType<typeof stat>>;

function listed(path: string, of: Stat): Listed {
  return { path, name: shown(path), bytes: Number(of.size), stamp: stampOf(of) };
}

/** A file that was written or put in place of another looks different. */
function stampOf({ ino, size, mtimeMs, ctimeMs }: Stat): string {
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}

/** The name as it may be said: it is the operator's, but what looks like anything else than a name is left out. */
function shown(path: string): string {
  const name = basename(path);
  return /^[\w.-]{1,80}$/.test(name) ? name : `a file (${extname(name)})`;
}

function fault(file: string, code: FaultCode): Fault {
  return { file, code };
}
