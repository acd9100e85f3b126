/** What holds of every citizen of an invented city, and of every text, however strange. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CATEGORIES } from '../../detectors/contract.js';
import { Random } from '../../fixtures/corpus/random.js';
import { COLUMNS, city, csvLine } from '../../fixtures/roster/city.js';
import { mention } from '../../fixtures/roster/mentions.js';
import type { Finding } from '../../src/engine/finding.js';
import { match } from '../../src/roster/match.js';
import { valuesMax } from '../../src/roster/values.js';
import { ask, KEYS, made, NOW } from '../kit/roster.js';

const people = [...city(4000, 3)];
const { roster } = made([COLUMNS, ...people.map(csvLine)]);
const citizen = fc.integer({ min: 0, max: people.length - 1 }).map((at) => people[at]);
const seed = fc.integer();

describe('roster: of every citizen', () => {
  it('what is the subject’s own is never another patient’s', () => {
    fc.assert(
      fc.property(citizen, seed, (one, n) => {
        const { name, birth } = mention(one, new Random(n));
        const text = `Patient: ${name}\nDOB: ${birth}\nMRN: ${one.mrn}\n${one.phone}\n${one.email}\n${one.address}, ${one.zip}`;
        const { subject, strangers } = ask(roster, one.mrn, text);
        assert.equal(subject, 'known');
        assert.deepEqual(strangers, []);
      }),
      { numRuns: 300 },
    );
  });

  it('a chart’s number gives its patient away to everybody else, who is then known by one reference', () => {
    fc.assert(
      fc.property(citizen, citizen, (one, other) => {
        fc.pre(one.address !== other.address);
        const byChart = ask(roster, one.mrn, `MRN: ${other.mrn}`).strangers;
        assert.deepEqual(
          byChart.map(({ level, kinds }) => [level, ...kinds]),
          [['strong', 'mrn']],
        );
        if (other.ssn === '') return;
        const bySsn = ask(roster, one.mrn, `SSN: ${other.ssn}`).strangers;
        assert.deepEqual(
          bySsn.map(({ reference }) => reference),
          byChart.map(({ reference }) => reference),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('a name alone says nothing', () => {
    fc.assert(
      fc.property(citizen, citizen, (one, other) => {
        assert.deepEqual(ask(roster, one.mrn, `Patient: ${other.given} ${other.family} was here`).strangers, []);
      }),
      { numRuns: 200 },
    );
  });
});

describe('roster: of every text', () => {
  const finding = fc.record({
    category: fc.constantFrom(...CATEGORIES),
    kind: fc.constantFrom('birth', 'date', 'address', 'zip', 'ssn', 'resource', ''),
    start: fc.nat(200),
    length: fc.nat(60),
    confidence: fc.double({ min: 0.5, max: 1, noNaN: true }),
  });

  it('findings of any text and any place are evidence or nothing, and never a failure', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 220 }),
        fc.array(finding, { maxLength: 12 }),
        (text, drawn) => {
          const findings = drawn
            .map(({ length, ...one }) => ({ ...one, rule: 'x.y', end: one.start + length }))
            .sort((a, b) => a.start - b.start);
          const { strangers, beyond } = match(roster, { patients: [people[0].mrn], now: NOW }, findings, text);
          assert.equal(beyond, 0);
          for (const { findings: at } of strangers) for (const one of at) assert.ok(one >= 0 && one < findings.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('what goes past a bound is counted', () => {
    const codes = Array.from({ length: valuesMax + 7 }, (_, i) => String(20_000_000 + i));
    const findings: Finding[] = codes.map((_, i) => ({
      start: i * 9,
      end: i * 9 + 8,
      category: 'mrn',
      kind: 'mrn',
      rule: 'mrn.label',
      confidence: 0.95,
    }));
    assert.equal(match(roster, { patients: [], now: NOW }, findings, codes.join(' ')).beyond, 7);
    assert.equal(KEYS.tenant, roster.tenant);
  });
});
