/** Rosters in: each format, rows that cannot be taken, and that nothing is ever half taken; deltas over a snapshot. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CsvReader } from '../../src/roster/csv.js';
import { Roster } from '../../src/roster/roster.js';
import type { RawRow, RowCode } from '../../src/roster/row.js';
import { build, HEADER, KEYS, made, PATIENTS, told } from '../kit/roster.js';

const ANA = '10000001';
const short = 'mrn,family,given,dob';

describe('roster: rows that cannot be taken', () => {
  for (const [line, code] of [
    ['10000009,Voss,Ida', 'row-columns'],
    ['10000009,Voss,Ida,1970-01-01,', 'row-columns'],
    [',Voss,Ida,1970-01-01', 'row-id-missing'],
    ['000,Voss,Ida,1970-01-01', 'row-id-missing'],
    ['10000009,,Ida,1970-01-01', 'row-name-missing'],
    ['10000009,Voss,Ida,1970-02-30', 'row-birth-invalid'],
    ['10000009,Voss,Ida,2031-01-01', 'row-birth-invalid'],
    ['10000009,"Voss,Ida,1970-01-01', 'row-quote'],
    ['10000009,Vo"ss,Ida,1970-01-01', 'row-quote'],
    [`10000009,${'V'.repeat(70_000)},Ida,1970-01-01`, 'row-too-long'],
    [`${Array.from({ length: 40 }, (_, i) => 10_000_100 + i).join(';')},Voss,Ida,1970-01-01`, 'row-values-too-many'],
  ] as const)
    it(`${code}: by row, and nothing is built`, () => {
      const good = '10000010,Lund,Kai,1970-01-01';
      const { report, image } = build([short, good, line, ...(code === 'row-quote' ? [] : [good])]);
      assert.equal(image, undefined);
      assert.deepEqual(report.faults, [{ source: 0, row: 3, code }]);
      assert.deepEqual(report.faultsByCode, { [code]: 1 });
      assert.doesNotMatch(JSON.stringify(report), /Voss|Ida|10000009/);
      const allowed = build([short, good, line], { faultsMax: 1 });
      assert.equal(allowed.report.patients, 1);
      assert.notEqual(allowed.image, undefined);
    });

  it('a social security number has nine digits, or none', () => {
    const { report } = build(['mrn,family,ssn', '10000001,Lund,123', '10000002,Lund,', '10000003,Lund,000-00-0000']);
    assert.deepEqual(report.faults, [{ source: 0, row: 2, code: 'row-ssn-invalid' }]);
    assert.equal(report.patients, 2);
  });

  it('a header without ids is refused as a whole', () => {
    assert.throws(() => build(['family,dob', 'Voss,1970-01-01']), /ROSTER_ROWS/);
    assert.throws(() => build(['mrn,dob', '10000001,1970-01-01']), /ROSTER_ROWS/);
    assert.equal(build([`${short},favourite_colour`]).report.columnsIgnored, 1);
  });

  it('JSON lines and bundles by line and entry', () => {
    const { report } = build(['{"mrn":"10000001","family":"Lund"}', '', '{"mrn"', '[]', '{"mrn":{},"family":"x"}'], {
      format: 'jsonl',
    });
    assert.deepEqual(
      report.faults.map(({ row, code }) => [row, code]),
      [
        [3, 'row-json'],
        [4, 'row-json'],
        [5, 'row-type'],
      ],
    );
    const bundle = { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Observation' } }, {}] };
    assert.deepEqual(
      build([JSON.stringify(bundle)], { format: 'fhir' }).report.faults.map(({ row, code }) => [row, code]),
      [
        [1, 'row-resource'],
        [2, 'row-resource'],
      ],
    );
    assert.deepEqual(build(['{"resourceType":'], { format: 'fhir' }).report.faults[0].code, 'row-json');
  });

  it('CSV in any pieces is the same CSV', () => {
    const text = `${short}\r\n10000001,"Garcia, ""Ana""",Ana,1980-03-04\n\n10000002,"Two\nlines",Bo,1980-03-04\r\n10000003,Lund,Kai,`;
    const read = (pieces: readonly string[]): [RawRow | RowCode, number][] => {
      const rows: [RawRow | RowCode, number][] = [];
      const reader = new CsvReader((row, number) => rows.push([row, number]));
      for (const piece of pieces) reader.push(piece);
      reader.end();
      return rows;
    };
    const whole = read([text]);
    assert.deepEqual(whole[0], [{ mrn: ['10000001'], family: 'Garcia, "Ana"', given: 'Ana', birth: '1980-03-04' }, 2]);
    assert.equal((whole[1][0] as RawRow).family, 'Two\nlines');
    assert.equal(whole.length, 3);
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        assert.deepEqual(read(at.slice(1).map((end, i) => text.slice(at[i], end))), whole);
      }),
    );
  });
});

describe('roster: formats', () => {
  it('knows the same patients from FHIR, JSON lines and CSV', () => {
    const patient = {
      resourceType: 'Patient',
      id: 'pat-4711',
      identifier: [
        { type: { coding: [{ code: 'MR' }] }, value: '10000004' },
        { system: 'http://hl7.org/fhir/sid/us-ssn', value: '903-11-2235' },
        { type: { coding: [{ code: 'MB' }] }, value: 'W100004' },
      ],
      name: [
        { use: 'maiden', family: 'Hale' },
        { use: 'official', family: 'Whitfield', given: ['Robert'] },
      ],
      telecom: [{ system: 'phone', value: '(212) 555-0104' }],
      birthDate: '1962-11-30',
      address: [{ line: ['44 Elm Rd'], postalCode: '10003' }],
    };
    const row = {
      mrn: 10000004,
      ssn: '903-11-2235',
      member_id: 'W100004',
      first_name: 'Robert',
      last_name: 'Whitfield',
      dob: '1962-11-30',
      phone: ['(212) 555-0104'],
    };
    const rosters = [
      made([HEADER, ...PATIENTS]).roster,
      made([JSON.stringify(row)], { format: 'jsonl' }).roster,
      made([JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: patient }] }, null, 2)], { format: 'fhir' })
        .roster,
      made([JSON.stringify(patient)], { format: 'jsonl' }).roster,
    ];
    for (const roster of rosters) {
      for (const text of [
        'MRN: 10000004',
        'SSN 903-11-2235',
        'Member ID: W100004 is active',
        'Patient: Robert Whitfield\nDOB: 11/30/1962',
      ])
        assert.equal(told(roster, ANA, text)[0]?.split(' ')[0], 'strong', text);
    }
    assert.deepEqual(told(rosters[2], 'pat-4711', 'MRN: 10000004, Robert Hale, DOB 11/30/1962'), []);
  });
});

describe('roster: a delta over a snapshot', () => {
  const { image: base } = made([HEADER, ...PATIENTS]);
  const header = `${HEADER},deleted`;
  const { roster } = made(
    [
      header,
      // Robert moved and has another telephone; Bea is gone; Nia is new; the last word on Robert counts.
      '10000004,903-11-2235,W100004,(212) 555-0120,,Robert,Whitfield,,1962-11-30,1 New St,10009,,,,,',
      '10000004,903-11-2235,W100004,(212) 555-0121,,Robert,Whitfield,,1962-11-30,1 New St,10009,,10000009,,,',
      '10000003,,,,,,,,,,,,,,,true',
      '10000009,909-11-2235,W100009,(212) 555-0109,,Nia,Adeyemi,,2001-02-03,5 Fir Way,10006,,,,,',
    ],
    { base },
  );

  it('has what is new, and no longer what was', () => {
    assert.deepEqual(told(roster, ANA, 'Call (212) 555-0121'), ['medium phone']);
    assert.deepEqual(told(roster, ANA, 'Call (212) 555-0104'), []);
    assert.deepEqual(told(roster, ANA, 'Call (212) 555-0120'), []);
    assert.deepEqual(told(roster, '10000004', 'MRN: 10000003'), []);
    assert.deepEqual(told(roster, '10000004', 'Patient: Beatriz Romero\nDOB: 1950-01-02'), []);
    assert.deepEqual(told(roster, ANA, 'Patient: Nia Adeyemi\nDOB: 2001-02-03'), ['strong name-birth']);
    assert.deepEqual(told(roster, ANA, 'Patient: Robert Whitfield\nDOB: 1962-11-30'), ['strong name-birth']);
    assert.deepEqual(told(roster, '10000004', 'Patient: Robert Whitfield\nDOB: 1962-11-30, MRN 10000004'), []);
    assert.deepEqual(told(roster, '10000004', 'Patient: Nia Adeyemi\nDOB: 2001-02-03'), []);
    assert.deepEqual(told(roster, ANA, 'SSN 901-11-2233'), []);
  });

  it('is refused over another snapshot, and so is a removal without one', () => {
    const { image: other } = made([HEADER, ...PATIENTS.slice(1)]);
    const { image: delta } = made([HEADER, PATIENTS[0]], { base });
    assert.throws(() => made([HEADER, PATIENTS[0]], { base: delta }), /ROSTER_DELTA/);
    assert.throws(() => attach(other, delta), /ROSTER_DELTA/);
    assert.deepEqual(build([header, '10000003,,,,,,,,,,,,,,,true']).report.faultsByCode, { 'row-deleted': 1 });
  });
});

function attach(base: SharedArrayBuffer, delta: SharedArrayBuffer): Roster {
  return new Roster({ base, delta }, KEYS);
}
