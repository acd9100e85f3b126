/**
 * The roster of a generated city: memory, build, load and look-up at size, how well patients are told apart with it and by a
 * session's memory alone, what another tenant's key finds, and what the engine pays. A city has 100,000 patients, with
 * SLUICE_BENCH_FULL=1 ten million (five gigabytes of memory, one of disk), with SLUICE_BENCH_PATIENTS as many as said;
 * SLUICE_BENCH_CITY names a file of it that is there already.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '../fixtures/corpus/random.js';
import { type Citizen, citizenOf } from '../fixtures/roster/city.js';
import { quantile } from '../src/commands/bench/quantile.js';
import { buildRoster } from '../src/roster/build.js';
import { chart } from '../src/roster/canonical.js';
import { Domain } from '../src/roster/domain.js';
import { readSnapshot, writeSnapshot } from '../src/roster/file.js';
import { digits } from '../src/roster/fold.js';
import { type RosterKeys, rosterKeys } from '../src/roster/keys.js';

import { alone } from '../src/roster/remembered.js';
import { Roster } from '../src/roster/roster.js';
import { piecesOf } from '../src/roster/source.js';
import { type Bench, print } from './harness.js';
import { besideEngine, besideJudge } from './roster-beside.js';
import { precision, recall, Trials } from './roster-trial.js';
import { SightingsTrial } from './sightings-trial.js';

const PATIENTS = Number(process.env.SLUICE_BENCH_PATIENTS ?? (process.env.SLUICE_BENCH_FULL ? 10_000_000 : 100_000));
const SECRET = Buffer.from('an invented secret of some length');
const SEED = 5;
const CITY = fileURLToPath(new URL('./roster-city.js', import.meta.url));
/** Citizens that trials are made with. */
const SAMPLE = 20_000;
const LOOKUPS = 200_000;
const STRONG_TRIALS = 4_000;
const NAME_TRIALS = 8_000;
const NAME_ONLY_MESSAGES = 100_000;
const SESSIONS = 1_000;
const SHARED_TRIALS = 2_000;
const NOW = Date.UTC(2026, 5, 1);

export const roster: Bench = {
  name: 'roster',
  about: `another patient's identifiers among ${PATIENTS.toLocaleString('en')} invented patients`,
  run() {
    const keys = rosterKeys(SECRET, 'north');
    const { path, sample, remove } = cityFile();
    const began = cpuUs();
    const { image, report } = buildRoster([{ pieces: piecesOf(path), format: 'csv' }], { keys, now: new Date(NOW) });
    const buildS = (cpuUs() - began) / 1e6;
    remove();
    if (image === undefined)
      throw new Error(`the city has rows that cannot be taken: ${JSON.stringify(report.faultsByCode)}`);
    const bytes = image.byteLength / PATIENTS;
    print('memory', bytes, 'B/patient');
    print('build, CPU time', buildS, 's', `${((buildS * 1e6) / PATIENTS).toFixed(1)} µs a patient`);
    const loadS = loaded(image, keys);
    print('load and check', loadS, 's');
    const one = new Roster({ base: image }, keys);
    const tenants = [{ image: { base: image }, keys }];
    const figures: Record<string, number> = {
      roster_patients: PATIENTS,
      roster_bytes_per_patient: bytes,
      roster_keys_per_patient: one.base.table.count / PATIENTS,
      roster_build_s: buildS,
      roster_load_s: loadS,
      ...told(lookups(one, sample)),
      ...told(isolation(image, sample)),
      ...told(sessions(keys, sample)),
      ...told(trials(one, sample)),
      ...told({ engine_with_roster_over_without: besideEngine(one, sample, NOW) }),
      ...told(besideJudge(one, { digest: '0'.repeat(64), patients: PATIENTS, tenants }, sample, NOW)),
    };
    return figures;
  },
};

/** At ten million the whole takes a while: each figure is printed as it comes. */
function told(figures: Record<string, number>): Record<string, number> {
  for (const [name, value] of Object.entries(figures)) console.log(`    ${name.padEnd(44)} ${value}`);
  return figures;
}

interface City {
  readonly path: string;
  readonly sample: readonly Citizen[];
  remove(): void;
}

/** The city as a file, and some of it, in pairs, so that some of the sample live together. */
function cityFile(): City {
  const given = process.env.SLUICE_BENCH_CITY;
  const folder = mkdtempSync(join(tmpdir(), 'sluice-city-'));
  const path = given ?? join(folder, 'city.csv');
  if (given === undefined) execFileSync(process.execPath, [CITY, String(PATIENTS), String(SEED), path]);
  const every = Math.max(1, Math.floor(PATIENTS / SAMPLE)) * 2;
  const sample: Citizen[] = [];
  let rest = '';
  let n = -1;
  for (const piece of piecesOf(path)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (n++ >= 0 && (n - 1) % every < 2) sample.push(citizenOf(alone(line)));
  }
  return { path, sample, remove: () => rmSync(folder, { recursive: true }) };
}

function loaded(image: SharedArrayBuffer, keys: RosterKeys): number {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-roster-'));
  try {
    const path = join(folder, 'city.roster');
    writeSnapshot(path, image);
    const began = performance.now();
    readSnapshot(path, keys);
    return (performance.now() - began) / 1000;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One look-up from text to patient: canonical form done, fingerprint and table to do; half of the values are nobody's. */
function lookups(one: Roster, sample: readonly Citizen[]): Record<string, number> {
  const random = new Random(SEED, 1);
  const values = Array.from({ length: LOOKUPS }, (_, i) =>
    i % 2 === 0 ? random.pick(sample).mrn : random.digits(9, true),
  );
  const found = new Set<number>();
  const times: number[] = [];
  for (let round = 0; round < 2; round++) {
    times.length = 0;
    for (const value of values) {
      found.clear();
      const began = process.hrtime.bigint();
      one.lookUp(Domain.Chart, value, found);
      times.push(Number(process.hrtime.bigint() - began));
    }
  }
  return { roster_lookup_p50_ns: quantile(times, 0.5), roster_lookup_p99_ns: quantile(times, 0.99) };
}

function trials(one: Roster, sample: readonly Citizen[]): Record<string, number> {
  const trial = new Trials(one, sample);
  const strong = trial.numbers(STRONG_TRIALS, new Random(SEED, 2));
  const names = trial.names(NAME_TRIALS, new Random(SEED, 3));
  const ways = Object.entries(names.byWay).map(([way, [hit, all]]) => [`roster_name_birth_recall_${way}`, hit / all]);
  return {
    roster_strong_recall: recall(strong),
    roster_strong_precision: precision(strong),
    roster_name_birth_recall: recall(names.all),
    roster_name_birth_precision: precision(names.all),
    roster_name_birth_decided_alone: names.strong / names.all.positives,
    ...Object.fromEntries(ways),
    roster_name_only_blocks: trial.namesAlone(NAME_ONLY_MESSAGES, new Random(SEED, 4)),
  };
}

/** The key of another tenant asked of this tenant's table, as if it had been stolen: what it finds is chance. */
function isolation(image: SharedArrayBuffer, sample: readonly Citizen[]): Record<string, number> {
  const north = rosterKeys(SECRET, 'north');
  const stolen = new Roster({ base: image }, { ...north, fingerprint: rosterKeys(SECRET, 'south').fingerprint });
  const found = new Set<number>();
  let asked = 0;
  let hits = 0;
  for (const { mrn, ssn, member, phone, email } of sample) {
    const values = [
      [Domain.Chart, chart(mrn)],
      [Domain.Ssn, digits(ssn)],
      [Domain.Member, member],
      [Domain.Phone, digits(phone)],
      [Domain.Email, email],
    ] as const;
    for (const [domain, value] of values) {
      if (value === '') continue;
      asked++;
      if (stolen.lookUp(domain, value, found) !== 'none') hits++;
      found.clear();
    }
  }
  let opened = 1;
  try {
    new Roster({ base: image }, rosterKeys(SECRET, 'south'));
  } catch {
    opened = 0;
  }
  return { roster_other_key_asked: asked, roster_other_key_hits: hits, roster_other_tenant_opened: opened };
}

/** Without a roster: what sessions remember, and that two tenants' memories have nothing in common. */
function sessions(keys: RosterKeys, sample: readonly Citizen[]): Record<string, number> {
  const trial = new SightingsTrial(keys, sample);
  const told = trial.run(SESSIONS, new Random(SEED, 6));
  return {
    sightings_sessions: SESSIONS,
    sightings_recall: recall(told),
    sightings_precision: precision(told),
    sightings_shared_by_tenants: trial.sharedWith(rosterKeys(SECRET, 'south'), SHARED_TRIALS, new Random(SEED, 7)),
  };
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
