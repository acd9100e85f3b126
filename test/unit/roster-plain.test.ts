/** Plain rows of a CSV go a way of their own, from the file to fingerprints: it ends where that of all other rows does. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { COLUMNS, city, csvLine } from '../../fixtures/roster/city.js';
import { placeOf } from '../../src/roster/canonical.js';
import { CsvReader } from '../../src/roster/csv.js';
import { Drafts } from '../../src/roster/drafts.js';
import { PlaceWriter } from '../../src/roster/place.js';
import { PlainRows } from '../../src/roster/plain-row.js';
import { piecesOf } from '../../src/roster/source.js';
import { Spelled } from '../../src/roster/spelled.js';
import { build, KEYS } from '../kit/roster.js';

/** With quotes around each field no row is plain. */
function quoted(line: string): string {
  return line
    .split(',')
    .map((field) => `"${field}"`)
    .join(',');
}

function assertSame(lines: readonly string[], faultsMax = 1000): void {
  const plain = build(lines, { faultsMax });
  const other = build(lines.map(quoted), { faultsMax });
  assert.deepEqual(plain.report, other.report);
  assert.ok(plain.image !== undefined && other.image !== undefined);
  assert.ok(Buffer.from(plain.image).equals(Buffer.from(other.image)));
}

const value = (...pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom('', ' ', ...pieces), { maxLength: 4 }).map((all) => all.join(''));

const row = fc
  .tuple(
    value('10000001', '10000002', '00', 'Patient/', 'a-', 'MRN'),
    value('10000001', '10000003', '0', 'b', ';'),
    fc.constantFrom('', '901-11-2233', '901112233', '000-00-0000', '666-11-2222', '12', ' ', '123456789', 'é'),
    value('W100', '0000', 'x', '-'),
    value('(212) ', '555-0101', '+1 ', ' x7', '00', '5550101', 'é'),
    value('ana', 'Ana', '@', 'example.org', 'gmail.com', '+lab', '.', 'mailto:'),
    value('Ana', 'María', 'de', '-', 'Dr.', 'O’', 'Bob'),
    value('Garcia', 'Lopez', '-', 'van', ' ', 'Núñez', "O'"),
    value('Garcia', 'Hale', '-', '|'),
    fc.constantFrom('', '1980-03-04', '1980-02-30', '03/04/1980', '19800304', '2031-01-01', ' ', '80-03-04'),
    value('12', '12a', ' ', ' N', ' Main', ' St', ' Apt', ' 5', ' #3', ' Unit B', ' constructor', '.', ' 7-b', ' Room'),
    fc.constantFrom('', '10001', '10001-1234', ' 10002 ', '123'),
    fc.constantFrom('', '', '', 'home', 'yes'),
  )
  .map((fields) => fields.join(','));
const HEADER = 'id,mrn,ssn,member_id,phone,email,given,family,maiden,birth,address,zip,household';

describe('roster: plain rows', () => {
  it('of a city: the snapshot that rows with quotes make, to the last byte', () => {
    assertSame([COLUMNS, ...[...city(3000, 3)].map(csvLine)], 0);
  });

  it('of anything: the same snapshot, and the same rows refused', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        assertSame([HEADER, ...rows]);
        assertSame([`${HEADER},phone,deleted`, ...rows.map((one, i) => `${one},,${i % 3 === 0 ? 'no' : ''}`)]);
      }),
      { numRuns: 300 },
    );
  });

  it('a city has hardly any others', () => {
    const drafts = new Drafts(KEYS.fingerprint);
    let others = 0;
    const reader = new CsvReader(() => others++, new PlainRows(drafts, 2026));
    const lines = [...city(500, 3)].map(csvLine);
    for (const piece of [COLUMNS, ...lines].join('\r\n').match(/[\s\S]{1,777}/g) ?? []) reader.push(piece);
    reader.end();
    const strange = lines.filter((line) => /[^ -~]/.test(line)).length;
    assert.deepEqual([drafts.patients, others], [500 - strange, strange]);
    assert.ok(strange < 10);
  });

  it('an address has the bytes of its form', () => {
    const out = new Uint8Array(512);
    const writer = new PlaceWriter();
    const line = value('12', '12A', ' 7', ' N', ' Main', ' ave', ' Apt', ' 5B', ' unit', 'Floor ', ' NE', 'St', ' fl ');
    fc.assert(
      fc.property(line, fc.constantFrom('', '10001'), (text, zip5) => {
        assert.ok(writer.write({ text: `x${text}5`, start: 1, end: text.length + 1 }, zip5, out, 1));
        const { house, home } = placeOf(text, zip5);
        assert.equal(Buffer.from(out.subarray(1, writer.house)).toString(), house);
        if (house !== '') assert.equal(Buffer.from(out.subarray(1, writer.home)).toString(), home);
      }),
      { numRuns: 2000 },
    );
    assert.equal(writer.write({ text: '1 Main St, rear', start: 0, end: 15 }, '10001', out, 1), false);
    assert.equal(writer.write({ text: `1 ${'n '.repeat(60)}`, start: 0, end: 122 }, '10001', out, 1), false);
  });

  it('a file comes in pieces that cut no sign, without its mark, and not at all if it is no UTF-8', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-pieces-'));
    try {
      const path = join(folder, 'rows.csv');
      for (const sign of ['é', '漢', '😀']) {
        for (let shift = 0; shift < 4; shift++) {
          const text = 'x'.repeat(shift) + sign.repeat(300_000);
          writeFileSync(path, `\ufeff${text}`);
          const pieces = [...piecesOf(path)];
          assert.ok(pieces.length > 1 || sign === 'é');
          assert.ok(pieces.join('') === text, `${sign} ${shift}`);
        }
      }
      for (const bytes of [[0x61, 0xff], [0xe6, 0xbc], [0x80]]) {
        writeFileSync(path, Uint8Array.from(bytes));
        assert.throws(() => [...piecesOf(path)], /INPUT_NOT_UTF8/);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('what was made is found again by its signs, and made anew when all was forgotten', () => {
    let made = 0;
    const spelled = new Spelled((text) => [text, made++] as const);
    assert.deepEqual(spelled.of('xAnax', 1, 4), ['Ana', 0]);
    assert.deepEqual(spelled.of('Ana', 0, 3), ['Ana', 0]);
    assert.deepEqual(spelled.of('Anb', 0, 3), ['Anb', 1]);
    assert.deepEqual(spelled.of('', 0, 0), ['', 2]);
    for (let i = 0; i < 300_000; i++) assert.equal(spelled.of(`${i}`, 0, `${i}`.length)[0], `${i}`);
    assert.equal(spelled.of('Ana', 0, 3)[0], 'Ana');
    const long = 'a'.repeat(100);
    assert.notEqual(spelled.of(long, 0, 100)[1], spelled.of(long, 0, 100)[1]);
  });
});
