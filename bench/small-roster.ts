/** A roster for benches that are about something else: a small invented city in a file, as `sluice roster build` writes one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Citizen, COLUMNS, city, csvLine } from '../fixtures/roster/city.js';
import { buildRoster } from '../src/roster/build.js';
import { writeSnapshot } from '../src/roster/file.js';
import { rosterKeys } from '../src/roster/keys.js';

const PATIENTS = 100_000;
const SEED = 11;
const KEY = 'a key of the bench, for its roster';
/** Whose messages they are that do not say. */
const TENANT = 'default';

export interface SmallRoster {
  readonly settings: { readonly roster: string; readonly rosterKey: string };
  /** Some of its patients. */
  readonly patients: readonly string[];
  remove(): void;
}

export function smallRoster(): SmallRoster {
  const citizens: Citizen[] = [...city(PATIENTS, SEED)];
  const text = [COLUMNS, ...citizens.map(csvLine)].join('\n');
  const options = { keys: rosterKeys(Buffer.from(KEY), TENANT), now: new Date(), faultsMax: 0 };
  const { image } = buildRoster([{ pieces: [text], format: 'csv' }], options);
  if (image === undefined) throw new Error('the city has rows that cannot be taken');
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const roster = join(folder, 'city.roster');
  writeSnapshot(roster, image);
  return {
    settings: { roster, rosterKey: KEY },
    patients: citizens.slice(0, 97).map(({ mrn }) => mrn),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
