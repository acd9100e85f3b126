/** How inputs become text to scan: JSON with its labels and raw numbers, HL7 fields, folded evasion, and exact positions. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from '../../src/index.js';

const engine = createEngine({ now: () => new Date('2026-01-15') });
const found = (text: string) =>
  engine
    .scan(text)
    .findings.filter(({ category }) => category === 'mrn')
    .map(({ start, end }) => text.slice(start, end));
const redacted = (text: string) => engine.redact(text).content;

describe('JSON text', () => {
  const cases: [string, string][] = [
    ['{"mrn":"00482913"}', '{"mrn":"[MRN-1]"}'],
    ['{"mrn": 482913}', '{"mrn": "[MRN-1]"}'],
    ['{"medicalRecordNumber": 12345678901234567890}', '{"medicalRecordNumber": "[MRN-1]"}'],
    ['{"mrn": 482913, "mrn": 771203}', '{"mrn": "[MRN-1]", "mrn": "[MRN-2]"}'],
    ['{"type":"MRN","value":"00482913"}', '{"type":"MRN","value":"[MRN-1]"}'],
    ['{"value":"00482913","type":"MRN"}', '{"value":"[MRN-1]","type":"MRN"}'],
    [
      '{"identifier":[{"value":"00482913","type":{"coding":[{"code":"MR"}]}}]}',
      '{"identifier":[{"value":"[MRN-1]","type":{"coding":[{"code":"MR"}]}}]}',
    ],
    ['{"MRN 00482913": 1, "MRN 00771203": 2}', '{"MRN [MRN-1]": 1, "MRN [MRN-2]": 2}'],
    [
      '{"mrn 00482913": 1, "MRN 00482913": 2, "mrn  00482913": 3}',
      '{"mrn [MRN-1]": 1, "MRN [MRN-1]": 2, "mrn  [MRN-1]": 3}',
    ],
    ['{"mrn":"0048\\u0032913"}', '{"mrn":"[MRN-1]"}'],
    ['{"arguments":"{\\"mrn\\": 482913}"}', '{"arguments":"{\\"mrn\\": \\"[MRN-1]\\"}"}'],
    ['["MRN 00482913", {"__proto__": {"mrn": "00482913"}}]', '["MRN [MRN-1]", {"__proto__": {"mrn": "[MRN-1]"}}]'],
    ['{"patient":{"id":"4820193","name":"x"}}', '{"patient":{"id":"[MRN-1]","name":"x"}}'],
    ['{"mrns":[482913,771203]}', '{"mrns":["[MRN-1]","[MRN-2]"]}'],
  ];
  for (const [text, wanted] of cases)
    it(text, () => {
      assert.equal(redacted(text), wanted);
      JSON.parse(redacted(text));
      assert.equal(engine.scan(text).format, 'json');
    });

  it('look-around stops at leaves', () => {
    assert.deepEqual(found('["MRN", "00482913x", 77]'), []);
  });

  it('keys that become alike stay apart', () => {
    const text = redacted('{"mrn 00482913": 1, "mrn 00-482913": 2}');
    assert.equal(Object.keys(JSON.parse(text)).length, 2);
  });

  it('what only looks like JSON is text', () => {
    for (const text of [
      '{MRN: 00482913}',
      '[MRN 00482913',
      '{"mrn":"00482913"',
      '{"mrn":00482913}',
      '{"mrn":"00482913"} x',
    ])
      assert.equal(engine.scan(text).format, 'text', text);
    assert.deepEqual(found('{"mrn":"00482913"'), ['00482913']);
  });
});

describe('JSON values', () => {
  it('come back as values, with pointers and offsets within the leaf', () => {
    const { content, findings } = engine.redact({ 'x/y': [{ note: 'tab\there MRN 00482913' }], mrn: 771203 });
    assert.deepEqual(content, { 'x/y': [{ note: 'tab\there MRN [MRN-1]' }], mrn: '[MRN-2]' });
    assert.deepEqual(
      findings.map(({ pointer, start, end }) => [pointer, start, end]),
      [
        ['/x~1y/0/note', 13, 21],
        ['/mrn', 0, 6],
      ],
    );
  });

  it('a key that holds an identifier has the pointer of its value', () => {
    const [finding] = engine.scan({ a: { 'MRN 00482913': null } }).findings;
    assert.equal(finding.pointer, '/a/MRN 00482913');
  });
});

describe('HL7', () => {
  it('a type code is read in identifiers only: a name has a prefix in its place', () => {
    assert.deepEqual(found('PID|1||00482913||DOE^4820193^A^^MR'), ['00482913']);
  });

  it('fields are read by the names that the standard gives them', () => {
    const text = 'MSH|^~\\&|LAB|GH\rPID|1||00482913^^^GH^MR~K771203^^^GH^MR\rOBX|1|NM|718-7^Hgb||13.2|g/dL';
    assert.deepEqual(found(text), ['00482913', 'K771203']);
    assert.equal(engine.scan(text).format, 'hl7');
  });
});

it('a label does not run over a line with signs', () => {
  assert.deepEqual(found('00482913 (MRN)\nNo known allergies'), ['00482913']);
});

describe('tables', () => {
  const cases: [string, string, string][] = [
    ['comma separated', 'unit,mrn,ward\n"GH, annex",00482913,4\nGH,00771203,5', 'table'],
    ['tab separated', 'MRN\tward\tbed\r\n00482913\tB\t4\r\n00771203\tC\t5\r\n', 'table'],
    [
      'Markdown within text',
      'Two rows matched:\n\n| Ward | MRN |\n|---|---|\n| B | 00482913 |\n| C | 00771203 |\n\nDone.',
      'table',
    ],
    [
      'rows as labels',
      '| Field | Value |\n|:--|--:|\n| MRN | 00482913 |\n| Ward | 4 |\n| Old MRN | 00771203 |',
      'table',
    ],
    [
      'prose with as many commas',
      'On exam calm, knee high, size M\nBorn to MRN 00482913, raised by MRN 00771203, well.',
      'table',
    ],
    ['no table', 'MRN, ward, bed\nMRN 00482913 and MRN 00771203 are in ward 4.', 'text'],
  ];
  for (const [name, text, format] of cases)
    it(name, () => {
      assert.equal(engine.scan(text).format, format);
      assert.deepEqual(found(text), ['00482913', '00771203']);
      assert.equal(redacted(text), text.replace('00482913', '[MRN-1]').replace('00771203', '[MRN-2]'));
    });
});

describe('evasion', () => {
  const cases: [string, string][] = [
    ['zero-width characters', 'M\u200bRN: 0048\u200d2913 x'],
    ['full-width forms', 'ＭＲＮ：０0482913 x'],
    ['Arabic-Indic digits', 'MRN: ٠٠٤٨٢٩١٣ x'],
    ['Cyrillic look-alikes', 'МRN: 00482913 x'],
    ['combining marks', 'M\u0301RN: 00482\u0301913 x'],
    ['mathematical letters', '\u{1d40c}\u{1d411}\u{1d40d}: \u{1d7ce}0482913 x'],
    [
      'tag characters',
      `MRN: ${[...'00482913'].map((c) => String.fromCodePoint(0xe0000 + c.charCodeAt(0))).join('')} x`,
    ],
    ['dashes', 'MRN: 00\u2013482\u2212913 x'],
    ['no-break space', 'MRN:\u00a000482913 x'],
    ['digits for letters', 'M3D1CAL REC0RD NUMBER MRN: 00482913 x'],
  ];
  for (const [name, text] of cases)
    it(name, () => {
      const value = text.search(/(?<=[:：])[^:：]*$/u);
      const blank = /^\s*/.exec(text.slice(value)) as RegExpExecArray;
      assert.equal(redacted(text), `${text.slice(0, value)}${blank[0]}[MRN-1] x`);
    });

  it('a sign that stands for several letters becomes all of them', () => {
    assert.equal(
      redacted('\ufb01le \u2116 and \ufb03 then MRN: 00482913 \ufb03'),
      '\ufb01le \u2116 and \ufb03 then MRN: [MRN-1] \ufb03',
    );
  });

  it('positions are those of the raw input, marks and all', () => {
    const text = '😀\u0301é MRN: 0048\u200b2913\u0301 x';
    const [finding] = engine.scan(text).findings;
    assert.equal(text.slice(finding.start, finding.end), '0048\u200b2913\u0301');
  });
});
