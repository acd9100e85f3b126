/**
 * The roster of a generated city: memory, build, load and look-up at size, how well patients are told apart, and what the engine
 * pays. SLUICE_BENCH_PATIENTS sets the size: 100,000 unless said, ten million for the figures of the README (which takes four
 * gigabytes and, with the city's making, a quarter of an hour).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../fixtures/corpus/random.js';
import { type Citizen, COLUMNS, city, csvLine } from '../fixtures/roster/city.js';
import { quantile } from '../src/commands/bench/quantile.js';
import { createEngine } from '../src/index.js';
import { createJudge } from '../src/judge.js';
import type { Task } from '../src/message.js';
import { buildRoster } from '../src/roster/build.js';
import { Domain } from '../src/roster/domain.js';
import { readSnapshot, writeSnapshot } from '../src/roster/file.js';
import { rosterKeys } from '../src/roster/keys.js';
import { match } from '../src/roster/match.js';
import { Roster } from '../src/roster/roster.js';
import { Rosters, type RostersImage } from '../src/roster/rosters.js';
import { piiRule, planOf } from '../test/kit/rules.js';
import { type Bench, print, ratioOf, utf8Bytes, warmSpeedsOf } from './harness.js';
import { precision, recall, Trials } from './roster-trial.js';
import { mixed } from './workload.js';

const PATIENTS = Number(process.env.SLUICE_BENCH_PATIENTS ?? 100_000);
const SECRET = Buffer.from('an invented secret of some length');
const SEED = 5;
const PIECE_LINES = 5_000;
/** Citizens that trials are made with. */
const SAMPLE = 20_000;
const LOOKUPS = 200_000;
const STRONG_TRIALS = 4_000;
const NAME_TRIALS = 8_000;
const NAME_ONLY_MESSAGES = 100_000;
const WORKLOAD_BYTES = 1_000_000;
const NOW = Date.UTC(2026, 5, 1);

export const roster: Bench = {
  name: 'roster',
  about: `another patient's identifiers among ${PATIENTS.toLocaleString('en')} invented patients`,
  run() {
    const keys = rosterKeys(SECRET, 'north');
    const sample: Citizen[] = [];
    const own = { us: 0 };
    const began = cpuUs();
    const { image, report } = buildRoster([{ pieces: pieces(sample, own), format: 'csv' }], {
      keys,
      now: new Date(NOW),
    });
    const buildS = (cpuUs() - began - own.us) / 1e6;
    if (image === undefined)
      throw new Error(`the city has rows that cannot be taken: ${JSON.stringify(report.faultsByCode)}`);
    const bytes = image.byteLength / PATIENTS;
    const loadS = loaded(image, keys);
    const one = new Roster({ base: image }, keys);
    const figures: Record<string, number> = {
      roster_patients: PATIENTS,
      roster_bytes_per_patient: bytes,
      roster_keys_per_patient: one.base.table.count / PATIENTS,
      roster_build_s: buildS,
      roster_load_s: loadS,
      ...lookups(one, sample),
      ...trials(one, sample),
      ...isolation(image, sample),
      engine_with_roster_over_without: besideEngine(one, sample),
      ...besideJudge({ image: { base: image }, keys }, sample),
    };
    print('memory', bytes, 'B/patient', `${figures.roster_keys_per_patient.toFixed(2)} keys each`);
    print('build, CPU time', buildS, 's', `${((buildS * 1e6) / PATIENTS).toFixed(1)} µs a patient`);
    print('load and check', loadS, 's');
    for (const [name, value] of Object.entries(figures)) console.log(`    ${name.padEnd(44)} ${value}`);
    return figures;
  },
};

/** The city as CSV; what its making takes is not the roster's time. */
function* pieces(sample: Citizen[], own: { us: number }): Generator<string> {
  let began = cpuUs();
  let lines = [COLUMNS];
  const every = Math.max(1, Math.floor(PATIENTS / SAMPLE));
  let n = 0;
  for (const one of city(PATIENTS, SEED)) {
    // Pairs, so that some of the sample live together.
    if (n++ % (every * 2) < 2) sample.push(one);
    lines.push(csvLine(one));
    if (lines.length < PIECE_LINES) continue;
    const piece = `${lines.join('\n')}\n`;
    lines = [];
    own.us += cpuUs() - began;
    yield piece;
    began = cpuUs();
  }
  own.us += cpuUs() - began;
  yield lines.join('\n');
}

function loaded(image: SharedArrayBuffer, keys: ReturnType<typeof rosterKeys>): number {
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
  for (const { mrn, ssn } of sample) {
    stolen.lookUp(Domain.Chart, mrn, found);
    stolen.lookUp(Domain.Ssn, ssn, found);
  }
  return { roster_other_key_hits: found.size };
}

/** Messages of agents, each of some patient: the engine alone, and with the roster asked about what it found. */
function besideEngine(one: Roster, sample: readonly Citizen[]): number {
  const texts = mixed(SEED, WORKLOAD_BYTES);
  const engine = createEngine();
  const bytes = utf8Bytes(texts);
  const speeds = warmSpeedsOf({
    without: {
      bytes,
      run() {
        for (const text of texts) engine.redact(text);
      },
    },
    with: {
      bytes,
      run() {
        texts.forEach((text, i) => {
          const { findings } = engine.redact(text);
          match(one, { patients: [sample[i % sample.length].mrn], now: NOW }, findings, text);
        });
      },
    },
  });
  return ratioOf(speeds.with, speeds.without);
}

/** The same messages in envelopes, judged by one rule: blind to other patients, with the session's memory alone, with a roster too. */
function besideJudge(tenant: RostersImage['tenants'][number], sample: readonly Citizen[]): Record<string, number> {
  const texts = mixed(SEED, WORKLOAD_BYTES);
  const rosters = new Rosters({ digest: '0'.repeat(64), patients: PATIENTS, tenants: [tenant] });
  const tasks = texts.map((content, i): Task => {
    const patient_id = sample[i % sample.length].mrn;
    const value = Buffer.from(JSON.stringify({ tenant: 'north', session: `s-${i % 100}`, patient_id, content }));
    return { surface: 'tool_result', key: null, value, headers: [] };
  });
  const run = (crossPatient: boolean, known?: Rosters) => {
    const judge = createJudge(planOf([piiRule({ action: 'alert', select: [], crossPatient })]));
    return {
      bytes: utf8Bytes(texts),
      run() {
        for (const task of tasks) judge.judge(task, NOW, undefined, known);
      },
    };
  };
  const speeds = warmSpeedsOf({ blind: run(false), memory: run(true), roster: run(true, rosters) });
  return {
    judge_with_memory_over_blind: ratioOf(speeds.memory, speeds.blind),
    judge_with_roster_over_blind: ratioOf(speeds.roster, speeds.blind),
  };
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}
