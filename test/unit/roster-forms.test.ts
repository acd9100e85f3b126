/** Canonical forms: what is the same however it is written, what is not, and what is nobody's. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { plausibleBirths, rosterBirth } from '../../src/roster/birth.js';
import { address, chart, email, member, phone, ssn, zip } from '../../src/roster/canonical.js';
import { Domain } from '../../src/roster/domain.js';
import { NOT_PLAIN, writeForm } from '../../src/roster/form.js';
import { initialsOf, rootOf, rootsOf } from '../../src/roster/nicknames.js';
import { familyForms, givenOf, readings } from '../../src/roster/person-name.js';
import { phonetic } from '../../src/roster/phonetic.js';
import { formOf } from '../../src/roster/values.js';

type Form = (text: string) => string;
const SAME: readonly [string, Form, string, readonly string[]][] = [
  ['chart', chart, '482913', ['00482913', ' 482-913 ', '４８２９１３', '482\u200b913']],
  ['chart', chart, 'A00482913', ['a-00482913', 'A 00482913']],
  ['ssn', ssn, '219099999', ['219-09-9999', '219 09 9999', '219099999']],
  ['member', member, 'XQ0012345', ['xq-0012345', 'XQ 0012345']],
  ['phone', phone, '2125550142', ['(212) 555-0142', '+1 212.555.0142', '1-212-555-0142 ext. 7', '212 555 0142 x12']],
  ['phone', phone, '442079460018', ['+44 20 7946 0018', '0044 20 7946 0018']],
  ['email', email, 'anagarcia@gmail.com', ['Ana.Garcia+lab@Gmail.com', 'mailto:anagarcia@googlemail.com']],
  ['email', email, 'ana.garcia@example.org', ['Ana.Garcia@example.org ', 'ana.garcia+x@EXAMPLE.org']],
  ['zip', zip, '10001', ['10001', '10001-1234']],
];
const NOTHING: readonly [Form, readonly string[]][] = [
  [chart, ['', '12', '0000', 'a-1', 'x'.repeat(41)]],
  [ssn, ['000-12-3456', '666-12-3456', '123-45-6789', '111111111', '12-34', '219-00-9999', '219-09-0000']],
  [member, ['0000000', 'ab1', '']],
  [phone, ['0000000000', '555', '12345678901234567']],
  [email, ['ana', '@example.org', 'ana@example', `${'a'.repeat(260)}@example.org`]],
  [zip, ['1000', '100011', 'abcde']],
];

describe('roster: canonical forms', () => {
  for (const [name, form, expected, written] of SAME)
    it(`${name}: ${expected}`, () => {
      for (const one of written) assert.equal(form(one), expected, one);
    });

  it('of what is nobody’s there is nothing to look up', () => {
    for (const [form, written] of NOTHING) for (const one of written) assert.equal(form(one), '', one);
  });

  it('a form has the form of itself', () => {
    for (const form of [chart, ssn, member, phone, email])
      fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => assert.equal(form(form(text)), form(text))));
  });

  it('the bytes that are hashed are those of the form, of any text within any other', () => {
    const piece = fc.constantFrom(
      '0',
      '12',
      '(212)',
      '555',
      '0142',
      '219-09-9999',
      'x7',
      'a',
      'MRN',
      '/',
      'ann@example.org',
      '.',
      '+1',
      'Ann.Lee+lab@EXAMPLE.org',
      '@Gmail.com',
      '+',
      '\u2013',
      'é',
      '\n',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 20 }),
      piece,
      fc.array(piece, { maxLength: 6 }).map((all) => all.join('')),
    );
    const out = new Uint8Array(512);
    for (const domain of [Domain.Chart, Domain.Ssn, Domain.Member, Domain.Phone, Domain.Email] as const) {
      let plain = 0;
      const same = fc.property(text, (written) => {
        const to = writeForm(domain, { text: `7${written}7`, start: 1, end: 1 + written.length }, out, 1);
        if (to === NOT_PLAIN) return;
        plain++;
        assert.equal(Buffer.from(out.subarray(1, to)).toString('latin1'), formOf(domain, written));
      });
      fc.assert(same, { numRuns: 3000 });
      assert.ok(plain > 20, `plain texts of ${domain}: ${plain}`);
    }
  });

  it('dashes of print, capitals and tags are read where they stand', () => {
    const out = new Uint8Array(512);
    for (const [domain, text] of [
      [Domain.Phone, '212\u2013555\u20110142'],
      [Domain.Email, 'Ann.Lee+lab@EXAMPLE.org'],
    ] as const) {
      const to = writeForm(domain, { text, start: 0, end: text.length }, out, 1);
      assert.equal(Buffer.from(out.subarray(1, Math.max(1, to))).toString('latin1'), formOf(domain, text));
    }
  });

  it('who is called so may begin with any letter of a name that stands for the same', () => {
    assert.deepEqual([...initialsOf('liam')].sort(), ['b', 'g', 'l', 'w']);
    assert.deepEqual(initialsOf('ida'), ['i']);
    for (const name of ['bob', 'alex', 'sasha', 'peggy', 'jack'])
      for (const root of rootsOf(name)) assert.ok(initialsOf(name).includes(root.slice(0, 1)), `${name}: ${root}`);
  });

  it('an address is number, street in full and ZIP', () => {
    const expected = '12 north main street 10001';
    for (const one of ['12 N. Main St', '12 N Main Street, Apt 4B', '12 north main st #7', '12 N Main St\nSpringfield'])
      assert.equal(address(one, '10001'), expected, one);
    assert.equal(address('12 N Main St', ''), '');
    assert.equal(address('Main Street', '10001'), '');
    assert.notEqual(address('12 N Main St', '10001'), address('12 N Main St', '10002'));
  });

  it('a birth date is all that it may mean, the likeliest first', () => {
    assert.deepEqual(plausibleBirths('03/04/1980', 2026), [19800304, 19800403]);
    assert.deepEqual(plausibleBirths('1980-03-04', 2026), [19800304]);
    assert.deepEqual(plausibleBirths('1980-03-04T00:00:00Z', 2026), [19800304]);
    assert.deepEqual(plausibleBirths('1980-25-12', 2026), [19801225]);
    assert.deepEqual(plausibleBirths('1980/03/04', 2026), [19800304, 19800403]);
    assert.deepEqual(plausibleBirths('March 4, 1980', 2026), [19800304]);
    assert.deepEqual(plausibleBirths('4 Mar 1980', 2026), [19800304]);
    assert.deepEqual(plausibleBirths('4th of March 1980', 2026), [19800304]);
    assert.deepEqual(plausibleBirths('25/12/1980', 2026), [19801225]);
    assert.deepEqual(plausibleBirths('03/04/19', 2026), [20190304, 19190304, 20190403, 19190403]);
    assert.deepEqual(plausibleBirths('03/04/80', 2026), [19800304, 19800403]);
    assert.ok(plausibleBirths('19800304', 2026).includes(19800304));
    for (const none of ['1980', 'March 1980', '30 Feb 1980', '13/13/1980', 'tomorrow', '03/04/2031'])
      assert.deepEqual(plausibleBirths(none, 2026), [], none);
  });

  it('a roster says what it means', () => {
    for (const one of ['1980-03-04', '19800304', '3/4/1980', '1980-03-04T00:00:00Z'])
      assert.equal(rosterBirth(one, 2026), 19800304, one);
    for (const one of ['1980-02-30', '2027-01-01', '1980', 'x', '03/04/80'])
      assert.equal(rosterBirth(one, 2026), 0, one);
  });

  it('a name is read every way that its words allow', () => {
    const read = (text: string): string[] => readings(text).map(({ given, family }) => `${given} ${family}`);
    assert.deepEqual(read('Ana Garcia'), ['ana garcia', 'garcia ana']);
    assert.deepEqual(read('GARCIA, ANA')[0], 'ana garcia');
    assert.ok(read('Garcia, Ana M').includes('ana garcia'));
    assert.ok(read('Dr. Ana María García López').includes('ana lopez'));
    assert.ok(read('Ana Garcia-Lopez').includes('ana garcia'));
    assert.ok(read("Sean O'Brien Jr.").includes('sean obrien'));
    assert.ok(read('Maria de la Cruz').includes('maria delacruz'));
    assert.ok(read('Minh Do').includes('minh do'));
    assert.ok(read('Van Nguyen').includes('van nguyen'));
    assert.deepEqual(read('Dr. Garcia'), []);
    for (const name of ['Do', 'Pa', 'Van', 'Ma', 'Rose', 'O'])
      assert.deepEqual(familyForms(name), [name.toLowerCase()]);
    for (const none of ['', 'Ana', 'Dr.', '...', 'Ana Ana']) assert.deepEqual(read(none), [], none);
    assert.equal(givenOf('Mary-Ann Louise'), 'maryann');
    assert.deepEqual(familyForms('Garcia-Lopez'), ['garcialopez', 'garcia', 'lopez']);
    assert.deepEqual(familyForms('van der Berg'), ['vanderberg']);
    assert.deepEqual(familyForms('Müller'), ['muller']);
  });

  it('short forms are filed under what they are short for, and those of several names under themselves', () => {
    assert.equal(rootOf('bob'), 'robert');
    assert.equal(rootOf('alex'), 'alex');
    assert.ok(rootsOf('alexander').includes(rootOf('alex')));
    assert.ok(rootsOf('alex').includes('alexandra'));
    assert.ok(rootsOf('peggy').includes(rootOf('margaret')));
    assert.deepEqual(rootsOf('zebulon'), ['zebulon']);
  });

  it('names that sound alike are spelt alike', () => {
    for (const [one, other] of [
      ['smith', 'smyth'],
      ['catherine', 'kathryn'],
      ['gonzales', 'gonzalez'],
      ['philips', 'fillips'],
      ['schmidt', 'shmit'],
      ['wright', 'right'],
    ])
      assert.equal(phonetic(one), phonetic(other), `${one} ${other}`);
    for (const [one, other] of [
      ['smith', 'jones'],
      ['garcia', 'lopez'],
      ['brown', 'green'],
    ])
      assert.notEqual(phonetic(one), phonetic(other));
  });
});
