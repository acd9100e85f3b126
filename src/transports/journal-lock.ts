/** One process at a time works on a journal: a file with its id says so; that of a dead process is taken over. */
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SluiceError } from '../errors.js';

const FILE = 'lock';

/** Folders that this process holds: its own id in a lock that it does not hold is from a life before. */
const held = new Set<string>();

/** Resolves to what gives the folder back. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = resolve(folder, FILE);
  if (held.has(path)) throw new SluiceError('JOURNAL_LOCKED');
  const mine = `${path}.${process.pid}.${Date.now()}`;
  await writeFile(mine, String(process.pid), { mode: 0o600 });
  try {
    if (!(await linked(mine, path))) {
      await moveDeadAside(path, `${mine}.dead`);
      if (!(await linked(mine, path))) throw new SluiceError('JOURNAL_LOCKED');
    }
  } finally {
    await unlink(mine);
  }
  held.add(path);
  return async () => {
    held.delete(path);
    await unlink(path).catch(() => {});
  };
}

/** Of several that see a dead owner one moves it aside; who finds that it moved a live one puts it back. */
async function moveDeadAside(path: string, aside: string): Promise<void> {
  const owner = await readFile(path, 'utf8').catch(() => '');
  if (isAlive(Number(owner))) throw new SluiceError('JOURNAL_LOCKED');
  await rename(path, aside).catch(() => {});
  const moved = await readFile(aside, 'utf8').catch(() => owner);
  if (moved !== owner) await linked(aside, path);
  await unlink(aside).catch(() => {});
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new SluiceError('FILE_UNWRITABLE', { subject: 'the journal' });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
