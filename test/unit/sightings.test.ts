/** A session's memory of whose identifiers it has seen: what is another patient's, what is shared, what is forgotten. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Random } from '../../fixtures/corpus/random.js';
import { city } from '../../fixtures/roster/city.js';
import { mention } from '../../fixtures/roster/mentions.js';
import { createEngine } from '../../src/index.js';
import { rosterKeys } from '../../src/roster/keys.js';
import {
  Sighter,
  type Sightings,
  sightedPatientsMax,
  sightedValuesMax,
  sightingMs,
} from '../../src/roster/sightings.js';
import { KEYS, NOW, SECRET } from '../kit/roster.js';

const engine = createEngine();
const sighter = new Sighter(KEYS);
const spoken = (text: string, now = NOW) => ({ findings: engine.scan(text).findings, text, now });
const ANA = 'Name: Ana Garcia\nDOB: 03/04/1980\nMRN: 10000001\nPhone: (212) 555-0101\nEmail: ana@example.org';
const BO = 'Name: Bo Lund\nDOB: 1975-06-07\nMRN: 10000002\nPhone: (212) 555-0102';
const seen = sighter.learn(sighter.learn([], '10000001', spoken(ANA)), '10000002', spoken(BO));
const told = (subject: string, text: string, sightings: Sightings = seen, now = NOW): string[] =>
  sighter.mixed(sightings, [subject], spoken(text, now)).map(({ level, kinds }) => `${level} ${kinds.join('+')}`);

describe('sightings', () => {
  for (const [text, expected] of [
    ['MRN: 10000001 is stable', ['strong mrn']],
    ['Ana Garcia (DOB 4 March 1980) is stable', ['strong name-birth']],
    ['Patient: GARCIA, ANA, DOB 1980-03-04', ['strong name-birth']],
    ['Call (212) 555-0101', ['medium phone']],
    ['Call (212) 555-0101 or write to ana@example.org', ['strong phone+email']],
    ['MRN: 10000002, Bo Lund, DOB 06/07/1975, (212) 555-0102', []],
    ['MRN: 10000003 is stable, and so is Ana Garcia', []],
  ] as const)
    it(`in a message about Bo: ${text}`, () => assert.deepEqual(told('10000002', text), expected));

  it('what came with both is neither’s', () => {
    const both = sighter.learn(seen, '10000002', spoken('Phone: (212) 555-0101'));
    assert.deepEqual(told('10000002', 'Call (212) 555-0101', both), []);
  });

  it('a front desk’s number belongs to nobody', () => {
    let desk: Sightings = seen;
    for (const id of ['10000003', '10000004', '10000005', '10000006'])
      desk = sighter.learn(desk, id, spoken('Phone: (212) 555-0101'));
    assert.deepEqual(told('10000009', 'Call (212) 555-0101', desk), []);
  });

  it('the patient’s own id needs not to have been found in any text', () => {
    const learned = sighter.learn([], 'Patient/10000001', spoken('potassium 5.9'));
    assert.deepEqual(told('10000002', 'MRN: 10000001', learned), ['strong mrn']);
    assert.deepEqual(told('10000001', 'MRN: 10000001', learned), []);
  });

  it('learning the same twice is learning it once, and a state stored is the state', () => {
    assert.equal(sighter.learn(seen, '10000002', spoken(BO)), seen);
    assert.deepEqual(told('10000002', 'MRN: 10000001', JSON.parse(JSON.stringify(seen))), ['strong mrn']);
    assert.doesNotMatch(JSON.stringify(seen), /garcia|10000001|2125550101|19800304|example/i);
  });

  it('is bounded in time and size', () => {
    assert.deepEqual(told('10000002', 'MRN: 10000001', seen, NOW + sightingMs + 1), []);
    let many: Sightings = seen;
    for (let i = 0; i < sightedPatientsMax; i++)
      many = sighter.learn(many, String(20_000_000 + i), spoken('', NOW + i));
    assert.equal(many.length, sightedPatientsMax);
    assert.deepEqual(told('10000002', 'MRN: 10000001', many), []);
    const text = Array.from({ length: sightedValuesMax + 9 }, (_, i) => `MRN: ${30_000_000 + i}`).join('\n');
    assert.equal(sighter.learn([], '1000', spoken(text))[0].values.length, sightedValuesMax);
  });

  it('another tenant’s state says nothing', () => {
    const other = new Sighter(rosterKeys(SECRET, 'south'));
    assert.deepEqual(other.mixed(seen, ['10000002'], spoken('MRN: 10000001')), []);
    assert.notEqual(other.reference('10000001'), sighter.reference('10000001'));
  });

  it('a thousand sessions, each of several patients in turn', () => {
    const random = new Random(41);
    const people = [...city(12_000, 8)];
    const sessions = Array.from({ length: 1000 }, () => ({
      patients: Array.from({ length: random.int(2, 4) }, () => random.pick(people)),
      seen: [] as Sightings,
    }));
    const chart = (one: (typeof people)[number]): string =>
      `Patient: ${one.given} ${one.family}\nDOB: ${one.birth}\nMRN: ${one.mrn}\nPhone: ${one.phone}\nSSN: ${one.ssn}`;
    for (let turn = 0; turn < 4; turn++)
      for (const session of sessions) {
        const one = session.patients[turn % session.patients.length];
        session.seen = sighter.learn(session.seen, one.mrn, spoken(chart(one), NOW + turn));
      }
    let hits = 0;
    let falseHits = 0;
    for (const { patients, seen } of sessions) {
      const [one, other] = patients;
      const { name, birth } = mention({ ...other, maiden: '' }, new Random(random.int(0, 1e9)));
      const plain = random.chance(0.5)
        ? `MRN: ${other.mrn}`
        : `Patient: ${other.given} ${other.family}, DOB ${other.birth}`;
      const strong = (text: string): boolean =>
        sighter.mixed(seen, [one.mrn], spoken(text, NOW + 9)).some(({ level }) => level === 'strong');
      if (one.address === other.address || strong(plain)) hits++;
      if (strong(chart(one))) falseHits++;
      if (strong(`Patient: ${name}, DOB ${birth.replace(/\d/g, '9')}`)) falseHits++;
    }
    assert.ok(hits >= 980, `${hits} of 1000`);
    assert.ok(falseHits / (hits + falseHits) <= 0.005, `${falseHits} falsely`);
  });
});
