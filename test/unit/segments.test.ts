/** Results that hold several patients: which stretches are the subject's, and which are not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine } from '../../src/index.js';
import { mixtureOf, notOf, segmentsMax } from '../../src/roster/segments.js';

const engine = createEngine();
const mixture = (text: string) => mixtureOf(engine.scan(text).findings, text);
/** What is left of a text about the first patient. */
const left = (text: string): string => {
  let out = text;
  for (const { start, end } of [...notOf(mixture(text), ['10000001'])].reverse())
    out = out.slice(0, start) + out.slice(end);
  return out;
};

describe('segments', () => {
  it('of a list in JSON', () => {
    const one = '{"mrn":"10000001","potassium":4.1}';
    const text = `{"results":[${one},{"mrn":"10000002","potassium":5.9},{"potassium":6.1}],"page":1}`;
    assert.equal(mixture(text).patients, 2);
    assert.equal(left(text), `{"results":[${one},,],"page":1}`);
  });

  it('of a bundle, where an entry names its patient', () => {
    const entry = (id: string, value: number): string =>
      `{"resource":{"resourceType":"Observation","subject":{"identifier":{"type":{"text":"MRN"},"value":"${id}"}},"value":${value}}}`;
    const text = `{"resourceType":"Bundle","entry":[${entry('10000001', 1)},${entry('10000002', 2)}]}`;
    assert.equal(left(text), `{"resourceType":"Bundle","entry":[${entry('10000001', 1)},]}`);
  });

  it('of a batch of HL7 messages', () => {
    const one = (id: string): string =>
      `MSH|^~\\&|LAB|N|||20260101||ORU^R01|1|P|2.5\rPID|1||${id}^^^N^MR||X^Y\rOBX|1|NM|K||4.1\r`;
    assert.equal(left(one('10000001') + one('10000002') + one('10000001')), one('10000001') + one('10000001'));
  });

  it('of a table, whose head is everybody’s', () => {
    const text = 'mrn,name,potassium\n10000001,Ana Garcia,4.1\n10000002,Bo Lund,5.9\n10000003,Cy Voss,3.3\n';
    assert.equal(left(text), 'mrn,name,potassium\n10000001,Ana Garcia,4.1\n');
    assert.equal(mixture(text).patients, 3);
  });

  it('of notes, where what follows a patient is that patient’s', () => {
    const text = 'Rounds today.\n\nMRN: 10000002 K 5.9\n\nto be repeated\n\nMRN: 10000001 K 4.1\n\nhome tomorrow';
    assert.equal(left(text), 'Rounds today.\n\nMRN: 10000001 K 4.1\n\nhome tomorrow');
  });

  it('a stretch with two patients’ numbers is nobody’s', () => {
    const text = '[{"mrn":"10000001"},{"mrn":"10000001","mother":{"mrn":"10000002"}}]';
    assert.equal(left(text), '[{"mrn":"10000001"},]');
  });

  it('one patient, or none, is no mixture', () => {
    for (const text of ['', 'MRN: 10000002 K 5.9\n\nMRN: 10000002', '[{"mrn":"10000001"},{"k":1}]'])
      assert.deepEqual(mixture(text).segments, [], text);
  });

  it('what goes past the bound is nobody’s', () => {
    const findings = [];
    let text = '';
    for (let i = 0; i < segmentsMax + 20; i++) {
      const start = text.length;
      text += `${10_000_000 + (i % 7)}\n`;
      findings.push({ start, end: start + 8, category: 'mrn', kind: 'mrn', rule: 'mrn.label', confidence: 1 } as const);
    }
    const { segments } = mixtureOf(findings, text);
    assert.equal(segments.length, segmentsMax + 1);
    assert.deepEqual(segments.at(-1), { start: segmentsMax * 9, end: text.length, patient: '' });
  });
});
