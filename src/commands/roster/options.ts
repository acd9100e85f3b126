/** What the subcommands of `sluice roster` share: the tenant's keys, and a snapshot with its delta. */
import { readFileSync } from 'node:fs';
import { readSnapshot } from '../../roster/file.js';
import { type RosterKeys, rosterKeys } from '../../roster/keys.js';
import { Roster } from '../../roster/roster.js';
import type { Values } from '../arguments.js';
import { Failed, usage } from '../failure.js';
import type { ROSTER_OPTIONS } from '../roster.js';

export interface RosterOptions {
  readonly values: Values<typeof ROSTER_OPTIONS>;
  readonly files: readonly string[];
}

export function keysFrom({ values }: RosterOptions, env: NodeJS.ProcessEnv = process.env): RosterKeys {
  if (values.tenant === undefined || values.tenant === '') throw usage('--tenant says whose patients they are');
  return rosterKeys(secretFrom(values['key-file'], env.SLUICE_ROSTER_KEY), values.tenant);
}

/** An editor ends a file with a line break, which is not part of the secret. */
function secretFrom(file: string | undefined, secret: string | undefined): Uint8Array {
  if (file === undefined) {
    if (secret === undefined || secret === '')
      throw new Failed({ code: 'KEY_MISSING', subject: '--key-file or SLUICE_ROSTER_KEY' });
    return Buffer.from(secret);
  }
  try {
    return Buffer.from(readFileSync(file, 'latin1').replace(/\r?\n$/, ''), 'latin1');
  } catch {
    throw new Failed({ code: 'FILE_UNREADABLE', subject: '--key-file' });
  }
}

export function openRoster(options: RosterOptions): Roster {
  const { files, values } = options;
  if (files.length !== 1) throw usage('one snapshot is taken');
  const keys = keysFrom(options);
  const base = readSnapshot(files[0], keys);
  return new Roster(values.delta === undefined ? { base } : { base, delta: readSnapshot(values.delta, keys) }, keys);
}
