/** The sieve may let too many through, and never keeps back whom a name may mean. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { city } from '../../fixtures/roster/city.js';
import { SipHash } from '../../src/fingerprint/siphash.js';
import { countFields, Frequencies } from '../../src/roster/frequency.js';
import { Layer } from '../../src/roster/layer.js';
import { initialsOf } from '../../src/roster/nicknames.js';
import { familyForms, givenOf } from '../../src/roster/person-name.js';
import { Sieve } from '../../src/roster/sieve.js';
import { SignatureCoder, Signatures, signatureWords } from '../../src/roster/signature.js';
import { nameBits } from '../../src/roster/weigh.js';
import { build, KEYS } from '../kit/roster.js';

const people = [...city(3000, 3)];
const coder = new SignatureCoder(KEYS.fingerprint);
const words = new Uint32Array(people.length * signatureWords);
const rows = new Signatures(words);
people.forEach(({ given, family }, i) => {
  const { word0, word1, word2 } = coder.reading({ given: givenOf(given), family: familyForms(family)[0] });
  rows.set(i, word0, word1, word2);
});
const frequencies = new Frequencies(countFields(rows));

describe('roster: the sieve', () => {
  it('passes every row that a reading may mean, and few others', () => {
    const sieve = new Sieve();
    let passed = 0;
    let meant = 0;
    for (let i = 0; i < people.length; i += 10) {
      const { given, family } = people[i];
      const slip = family.slice(0, -2).toLowerCase() + family.slice(-1);
      const readings = [
        coder.reading({ given: givenOf(given), family: slip }),
        coder.reading({ given: given.charAt(0).toLowerCase(), family: familyForms(family)[0] }),
      ];
      sieve.ask(readings);
      const through = new Set<number>();
      for (
        let row = sieve.next(words, 0, people.length);
        row < people.length;
        row = sieve.next(words, row + 1, people.length)
      )
        through.add(row);
      passed += through.size;
      for (let row = 0; row < people.length; row++) {
        const isMeant = readings.some((one) => nameBits(rows, row, one, frequencies) > Number.NEGATIVE_INFINITY);
        if (isMeant) meant++;
        assert.ok(!isMeant || through.has(row), `row ${row} for ${i}`);
      }
    }
    assert.ok(meant >= people.length / 10, `${meant} meant`);
    assert.ok(passed < (people.length / 10) * people.length * 0.1, `${passed} passed`);
  });

  it('a given name that begins otherwise is another one, even where its hash is the same', () => {
    const givens = [...new Set(people.map(({ given }) => givenOf(given)))];
    let alike = 0;
    for (const one of givens) {
      const reading = coder.reading({ given: one, family: 'garcia' });
      for (const other of givens) {
        if (initialsOf(one).includes(other.slice(0, 1)) || initialsOf(one).length > 1) continue;
        const { word0, word1, word2 } = coder.reading({ given: other, family: 'garcia' });
        const isOther = ((word0 ^ reading.word0) & 31) !== 0;
        if (!isOther || !reading.roots.includes(word2 >>> 21)) continue;
        alike++;
        const row = new Signatures(Uint32Array.of(word0, word1, word2));
        assert.equal(nameBits(row, 0, reading, frequencies), Number.NEGATIVE_INFINITY, `${one} ${other}`);
      }
    }
    assert.ok(alike > 10, `${alike} pairs of names`);
  });

  it('of one date, those whose names begin alike stand together, other names behind the first', () => {
    const lines = people.map(
      ({ given, family }, i) => `${10_000_000 + i},${family},${given},${i % 2 ? 'Romero' : ''},1980-03-0${1 + (i % 3)}`,
    );
    const layer = new Layer(build(['mrn,family,given,maiden,dob', ...lines]).image as SharedArrayBuffer);
    const { births, signatures } = layer;
    for (let day = 0; day < 3; day++) {
      let before = -1;
      for (let row = births[day]; row < births[day + 1]; row++) {
        const initial = signatures.field('initial', row);
        assert.ok(initial >= before, `row ${row}`);
        before = initial;
      }
    }
    const aliases = Array.from({ length: signatures.rows }, (_, row) => row).filter((row) => signatures.isAlias(row));
    assert.ok(aliases.length > 1000);
    for (const row of aliases)
      assert.equal(signatures.field('root', row), signatures.field('root', layer.mainOf(row)), `row ${row}`);
  });

  it('a number is hashed as its digits are', () => {
    const hash = new SipHash(KEYS.fingerprint);
    for (const one of [0, 7, 10, 101, 19_800_304, 2 ** 31]) {
      hash.text(String(one), 8);
      const { high, low } = hash;
      hash.number(one, 8);
      assert.deepEqual([hash.high, hash.low], [high, low], String(one));
    }
  });
});
