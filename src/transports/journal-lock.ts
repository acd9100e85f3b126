/**
 * One process at a time works on a journal: a file with its id says so. A process id means something only in its own world
 * (this boot, this namespace of ids) and only with the time at which the process began; the owner of another world, in a
 * container beside ours or on another host, is watched: it touches its file every second, or it is dead.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { type FileHandle, link, open, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../errors.js';

const FILE = 'lock';
const TOUCH_MS = 1_000;
/** How long a file of another world is watched before its owner counts as dead. */
const WATCH_MS = 15_000;
const LOOK_MS = 250;

interface Owner {
  readonly world: string;
  readonly pid: number;
  /** In the kernel's ticks; empty where there is no telling. */
  readonly start: string;
}

export interface FolderLock {
  /** Throws if another process has taken the folder, as after a long sleep of this one. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Folders that this process holds: its own id in a lock that it does not hold is from a life before. */
const held = new Set<string>();

/** Resolves once the folder is ours; rejects if it is another's. */
export async function lockFolder(folder: string, stop?: AbortSignal, watchMs = WATCH_MS): Promise<FolderLock> {
  const path = resolve(folder, FILE);
  if (held.has(path)) throw locked();
  held.add(path);
  try {
    return keep(path, await taken(path, watchMs, stop));
  } catch (error) {
    held.delete(path);
    throw error;
  }
}

async function taken(path: string, watchMs: number, stop?: AbortSignal): Promise<FileHandle> {
  const mine = `${path}.${process.pid}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify(ourselves()), { mode: 0o600 }).catch(unwritable);
  try {
    if (!(await linked(mine, path))) {
      await moveDeadAside(path, `${mine}.dead`, watchMs, stop);
      if (!(await linked(mine, path))) throw locked();
    }
    return await open(mine, 'r+').catch(unwritable);
  } finally {
    await unlink(mine).catch(() => {});
  }
}

function keep(path: string, file: FileHandle): FolderLock {
  const touching = setInterval(() => {
    const now = new Date();
    file.utimes(now, now).catch(() => {});
  }, TOUCH_MS).unref();
  const isOurs = async (): Promise<boolean> => {
    const [ours, there] = await Promise.all([file.stat(), stat(path).catch(() => undefined)]);
    return there?.ino === ours.ino && there.dev === ours.dev;
  };
  return {
    async check() {
      if (!(await isOurs())) throw locked();
    },
    async release() {
      clearInterval(touching);
      if (await isOurs()) await unlink(path).catch(() => {});
      await file.close();
      held.delete(path);
    },
  };
}

/** Of several that see a dead owner one moves it aside; who finds that it moved a live one puts it back. */
async function moveDeadAside(path: string, aside: string, watchMs: number, stop?: AbortSignal): Promise<void> {
  const owner = await readFile(path, 'utf8').catch(() => '');
  if (await isAlive(path, owner, watchMs, stop)) throw locked();
  await rename(path, aside).catch(() => {});
  const moved = await readFile(aside, 'utf8').catch(() => owner);
  if (moved !== owner) await linked(aside, path);
  await unlink(aside).catch(() => {});
}

async function isAlive(path: string, text: string, watchMs: number, stop?: AbortSignal): Promise<boolean> {
  const owner = ownerIn(text);
  const us = ourselves();
  if (owner === undefined || owner.world !== us.world) return isTouched(path, watchMs, stop);
  if (owner.pid === us.pid) return false;
  const start = startOf(owner.pid);
  if (start !== undefined && owner.start !== '') return start === owner.start;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isTouched(path: string, watchMs: number, stop?: AbortSignal): Promise<boolean> {
  const seen = async (): Promise<string> => {
    const there = await stat(path).catch(() => undefined);
    return there === undefined ? '' : `${there.ino} ${there.mtimeMs}`;
  };
  const before = await seen();
  for (const end = Date.now() + watchMs; Date.now() < end; ) {
    await sleep(LOOK_MS, undefined, stop && { signal: stop }).catch(() => {});
    if (stop?.aborted === true || (await seen()) !== before) return true;
  }
  return false;
}

function ownerIn(text: string): Owner | undefined {
  try {
    const { world, pid, start } = JSON.parse(text) as Partial<Owner>;
    const whole = typeof world === 'string' && Number.isInteger(pid) && (pid ?? 0) > 0 && typeof start === 'string';
    return whole ? ({ world, pid, start } as Owner) : undefined;
  } catch {
    return undefined;
  }
}

function ourselves(): Owner {
  return { world: worldOf(), pid: process.pid, start: startOf(process.pid) ?? '' };
}

function worldOf(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')} ${hostname()}`;
  } catch {
    return hostname();
  }
}

/** Undefined where there is no such process, or no telling: what is mounted there may show other processes than ours. */
function startOf(pid: number): string | undefined {
  try {
    if (readlinkSync('/proc/self') !== String(process.pid)) return undefined;
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in brackets, may hold anything; the 22nd field is the 20th behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Dead, and only waiting for its parent to notice.
    return fields[0] === 'Z' || fields[0] === 'X' ? 'dead' : fields[19];
  } catch {
    return undefined;
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    return unwritable();
  }
}

function locked(): SluiceError {
  return new SluiceError('JOURNAL_LOCKED');
}

function unwritable(): never {
  throw new SluiceError('FILE_UNWRITABLE', { subject: 'the journal' });
}
