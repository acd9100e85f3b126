/** What the engine and the judge pay for a roster: the same messages with it and without, round by round. */
import type { Citizen } from '../fixtures/roster/city.js';
import { createEngine } from '../src/index.js';
import { createJudge } from '../src/judge.js';
import type { Task } from '../src/message.js';
import { match } from '../src/roster/match.js';
import type { Roster } from '../src/roster/roster.js';
import { Rosters, type RostersImage } from '../src/roster/rosters.js';
import { piiRule, planOf } from '../test/kit/rules.js';
import { ratioOf, utf8Bytes, warmSpeedsOf } from './harness.js';
import { ofSubjects } from './of-subjects.js';
import { mixed } from './workload.js';

const SEED = 5;
const WORKLOAD_BYTES = 1_000_000;

/** Messages of agents, each of some patient whom the roster knows: the engine alone, and with the roster asked about what it found. */
export function besideEngine(one: Roster, sample: readonly Citizen[], now: number): number {
  const said = ofSubjects(mixed(SEED, WORKLOAD_BYTES), sample, one);
  const engine = createEngine();
  const bytes = utf8Bytes(said.map(({ text }) => text));
  const speeds = warmSpeedsOf({
    without: {
      bytes,
      run() {
        for (const { text } of said) engine.redact(text);
      },
    },
    with: {
      bytes,
      run() {
        for (const { text, subject } of said) {
          const { findings } = engine.redact(text);
          match(one, { patients: [subject.mrn], now }, findings, text);
        }
      },
    },
  });
  return ratioOf(speeds.with, speeds.without);
}

/** The same messages in envelopes, judged by one rule: blind to other patients, with the session's memory alone, with a roster too. */
export function besideJudge(
  one: Roster,
  image: RostersImage,
  sample: readonly Citizen[],
  now: number,
): Record<string, number> {
  const rosters = new Rosters(image);
  const said = ofSubjects(mixed(SEED, WORKLOAD_BYTES), sample, one);
  const texts = said.map(({ text }) => text);
  const tasks = said.map(({ text: content, subject: { mrn: patient_id } }, i): Task => {
    const value = Buffer.from(JSON.stringify({ tenant: 'north', session: `s-${i % 100}`, patient_id, content }));
    return { surface: 'tool_result', key: null, value, headers: [] };
  });
  const run = (crossPatient: boolean, known?: Rosters) => {
    const judge = createJudge(planOf([piiRule({ action: 'alert', select: [], crossPatient })]));
    return {
      bytes: utf8Bytes(texts),
      run() {
        for (const task of tasks) judge.judge(task, now, undefined, known);
      },
    };
  };
  const speeds = warmSpeedsOf({ blind: run(false), memory: run(true), roster: run(true, rosters) });
  return {
    judge_with_memory_over_blind: ratioOf(speeds.memory, speeds.blind),
    judge_with_roster_over_blind: ratioOf(speeds.roster, speeds.blind),
  };
}
