/** Whose identifiers a message holds: other patients', the subject's own, those of the subject's circle. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Finding } from '../../src/engine/finding.js';
import { match } from '../../src/roster/match.js';
import { ask, HEADER, made, PATIENTS, told } from '../kit/roster.js';

const STAFF = ['mrn,phone,email,given,family', ',(212) 555-0104,robert@example.org,Robert,Whitfield'];
const { roster } = made([HEADER, ...PATIENTS]);
const ANA = '10000001';

describe('roster: whose identifiers are these', () => {
  for (const [text, expected] of [
    ['MRN: 10000004 admitted overnight', ['strong mrn']],
    ['SSN 903-11-2235 on file', ['strong ssn']],
    ['Member ID: W100004 is active', ['strong health-plan']],
    ['Patient: Robert Whitfield\nDOB: 1962-11-30', ['strong name-birth']],
    ['Patient: WHITFIELD, BOB\nDOB: 11/30/62', ['strong name-birth']],
    ['Patient: Robert Whitfeld\nDOB: 30 Nov 1962', ['strong name-birth']],
    ['Patient Marguerite Fairbanks, DOB 09/10/1971, was seen', ['strong name-birth']],
    ['Patient Marguerite Hale, DOB 09/10/1971, was seen', ['strong name-birth']],
    ['Call (212) 555-0104 today', ['medium phone']],
    ['Call (212) 555-0104 or write to robert@example.org', ['strong phone+email']],
    ['Patient Robert Whitfield, phone (212) 555-0104', ['strong phone+name']],
    [
      '{"resourceType":"Patient","name":[{"family":"Whitfield","given":["Robert"]}],"birthDate":"1962-11-30"}',
      ['strong name-birth'],
    ],
  ] as const)
    it(`another patient: ${text.replace(/\n/g, ' ')}`, () => assert.deepEqual(told(roster, ANA, text), expected));

  for (const text of [
    'MRN: 10000001, SSN 901-11-2233, member ID: W100001',
    'Patient: Ana Garcia\nDOB: 03/04/1980, phone (212) 555-0101, ana@example.org',
    'Patient: Anna Garica\nDOB: 03/04/1980',
    'Patient: Garcia, Ana\nDOB: 4 March 1980, lives at 12 N Main St, Apt 3, 10001',
    'MRN: 55555555 is of another hospital',
    'Robert Whitfield said hello',
    'Dr. Robert Whitfield and Sam Lee were there',
    'Patient: Nobody Inparticular\nDOB: 1962-11-30',
    'Patient: Robert Whitfield\nDOB: 1962-11-29',
  ])
    it(`nobody else: ${text.replace(/\n/g, ' ')}`, () => assert.deepEqual(told(roster, ANA, text), []));

  it('a household shares names and telephones, and no chart', () => {
    assert.deepEqual(told(roster, ANA, 'Husband Luis Garcia, DOB 07/08/1979, phone (212) 555-0101'), []);
    assert.deepEqual(told(roster, ANA, 'MRN: 10000002'), ['strong mrn']);
  });

  it('who is listed as related may be spoken of, in this direction', () => {
    assert.deepEqual(told(roster, ANA, 'Mother Beatriz Romero, DOB 01/02/1950, MRN: 10000003'), []);
    assert.deepEqual(told(roster, '10000003', 'MRN: 10000001'), ['strong mrn']);
  });

  it('a contact’s telephone is nobody else’s, even if the contact is a patient', () => {
    const lines = [HEADER, ...PATIENTS, '10000008,,,(212) 555-0155,,Carl,Voss,,1970-01-01,,,,,,'];
    const { roster } = made(lines);
    assert.deepEqual(told(roster, ANA, 'Emergency contact: (212) 555-0155'), []);
    assert.deepEqual(told(roster, '10000004', 'Phone: (212) 555-0155'), ['medium phone']);
  });

  it('staff are named in every chart, until it is their own birth date', () => {
    const { roster } = made([HEADER, ...PATIENTS], { staff: STAFF });
    assert.deepEqual(told(roster, ANA, 'Dr. Robert Whitfield, (212) 555-0104, robert@example.org'), []);
    assert.deepEqual(told(roster, ANA, 'Patient: Robert Whitfield\nDOB: 1962-11-30'), ['strong name-birth']);
  });

  it('two of one name and birth date are told apart by nothing else: both are other patients', () => {
    const strangers = told(roster, ANA, 'Patient: Sam Lee\nDOB: 1990-05-06');
    assert.deepEqual(strangers, ['strong name-birth', 'strong name-birth']);
    assert.deepEqual(told(roster, '10000005', 'Patient: Sam Lee\nDOB: 1990-05-06'), []);
    assert.deepEqual(told(roster, '10000005', 'MRN: 10000006'), ['strong mrn']);
  });

  it('says whether it knows the subject, and judges all the same', () => {
    assert.equal(ask(roster, ANA, '').subject, 'known');
    assert.equal(ask(roster, 'Patient/10000001', '').subject, 'known');
    assert.equal(ask(roster, 'https://fhir.example.org/r4/Patient/10000001', '').subject, 'known');
    assert.equal(ask(roster, '77777777', '').subject, 'unknown');
    assert.equal(ask(roster, undefined, '').subject, 'none');
    assert.deepEqual(told(roster, '77777777', 'MRN: 10000004'), ['strong mrn']);
  });

  it('evidence names positions and a reference, and nothing of the text', () => {
    const evidence = ask(roster, ANA, 'MRN: 10000004, Patient: Robert Whitfield\nDOB: 1962-11-30');
    assert.equal(evidence.strangers.length, 1);
    assert.deepEqual(evidence.strangers[0].kinds, ['mrn', 'name-birth']);
    assert.match(evidence.strangers[0].reference, /^[\w-]{22}$/);
    assert.doesNotMatch(JSON.stringify(evidence), /10000004|whitfield|1962/i);
    const again = made([HEADER, ...PATIENTS]).roster;
    assert.equal(ask(again, ANA, 'SSN 903-11-2235').strangers[0].reference, evidence.strangers[0].reference);
  });

  it('a value that so many share says nothing', () => {
    const shared = Array.from(
      { length: 12 },
      (_, i) => `2000000${i % 10}${i},,,(212) 555-0199,,Given${i},Family${i},,,,,,,,`,
    );
    const { roster } = made([HEADER, ...PATIENTS, ...shared]);
    assert.deepEqual(told(roster, ANA, 'Call (212) 555-0199'), []);
  });

  it('a name that so many bear says nothing, even of somebody whom something else points to', () => {
    const named = 'Patient Robert Whitfield, phone (212) 555-0104';
    const namesakes = Array.from({ length: 400 }, (_, i) => `${3000 + i},,,,,Robert,Whitfield,,,,,,,,`);
    assert.deepEqual(told(roster, ANA, named), ['strong phone+name']);
    assert.deepEqual(told(made([HEADER, ...PATIENTS, ...namesakes]).roster, ANA, named), ['medium phone']);
  });

  it('an earlier name of whom something else points to is a name of that patient', () => {
    const text = 'Marguerite Fairbanks, phone (212) 555-0107';
    assert.deepEqual(told(roster, ANA, `Patient ${text}`), ['strong phone+name']);
  });

  it('a number that is hardly ever somebody’s decides more than one that nearly always is', () => {
    const dense = Array.from({ length: 9000 }, (_, i) => `${1000 + i},,,,,G${i},Family,,,,,,,,`);
    const { roster } = made([HEADER, ...PATIENTS, ...dense]);
    const finding = { start: 0, end: 4, category: 'mrn', kind: 'mrn', rule: 'mrn.label', confidence: 0.6 } as const;
    const bits = (text: string) => matchOne(roster, { ...finding, end: text.length }, text);
    assert.ok(bits('1234') < 3.3);
    assert.ok(bits('10000004') > 6.6);
  });
});

function matchOne(roster: Parameters<typeof match>[0], finding: Finding, text: string): number {
  return match(roster, { patients: [ANA], now: 0 }, [finding], text).strangers[0]?.bits ?? 0;
}
