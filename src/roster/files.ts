/**
 * Snapshots from a file or a folder of `.roster` files: of each tenant one, and at most one delta over it. All of them are as
 * they should be, or none is taken. Each is read with the keys of the tenant that it names, made of the one secret.
 */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '../errors.js';
import { rostersMax } from '../limits.js';
import { readBytes } from './file.js';
import { rosterKeys } from './keys.js';
import { headerOf, nameOf, verify } from './layout.js';
import type { RosterImage } from './roster.js';
import { Roster } from './roster.js';
import type { RostersImage } from './rosters.js';

const ENDING = '.roster';

/** Changes when a file has been moved into place of another; reads none of them. */
export function standingOf(path: string): string {
  return filesAt(path)
    .map((file) => {
      const { dev, ino, size, mtimeMs } = stated(() => statSync(file));
      return [file, dev, ino, size, mtimeMs].join(' ');
    })
    .join('\n');
}

export function readRosters(path: string, secret: Uint8Array): RostersImage {
  const bases = new Map<string, SharedArrayBuffer>();
  const deltas = new Map<string, SharedArrayBuffer>();
  for (const file of filesAt(path)) {
    const buffer = readBytes(file);
    const bytes = new Uint8Array(buffer);
    const { tenant, base } = headerOf(bytes);
    verify(bytes, rosterKeys(secret, tenant));
    const all = base === undefined ? bases : deltas;
    if (all.has(tenant)) throw new SluiceError('ROSTER_INVALID', { subject: 'two snapshots of one tenant' });
    all.set(tenant, buffer);
  }
  if (bases.size === 0) throw new SluiceError('ROSTER_MISSING');
  if ([...deltas.keys()].some((tenant) => !bases.has(tenant))) throw new SluiceError('ROSTER_DELTA');
  const digest = createHash('sha256');
  let patients = 0;
  const tenants = [...bases].sort().map(([tenant, base]) => {
    const keys = rosterKeys(secret, tenant);
    const delta = deltas.get(tenant);
    const image: RosterImage = delta === undefined ? { base } : { base, delta };
    for (const one of [base, ...(delta === undefined ? [] : [delta])])
      digest.update(`${nameOf(new Uint8Array(one))}\n`);
    // Attached once here, so that what does not fit together is refused before it is in force.
    patients += new Roster(image, keys).patients;
    return { image, keys };
  });
  return { digest: digest.digest('hex'), patients, tenants };
}

function filesAt(path: string): readonly string[] {
  return stated(() => {
    if (!statSync(path).isDirectory()) return [path];
    const files = readdirSync(path).filter((name) => name.endsWith(ENDING));
    if (files.length > 2 * rostersMax) throw new SluiceError('ROSTER_TOO_LARGE');
    return files.sort().map((name) => join(path, name));
  });
}

/** What the system says quotes paths. */
function stated<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw error instanceof SluiceError ? error : new SluiceError('ROSTER_MISSING');
  }
}
