// The lexicon's promises: folding, classes, phrases, adding labels at start-up, and a blob that is checked when it is read.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Char, DROP, EXPAND } from '../../detectors/kit/fold.js';
import { hashOf, hashUnits, mixHash } from '../../detectors/kit/hash.js';
import { Lex } from '../../detectors/lexicon/classes.js';
import {
  addPhrase,
  addWord,
  attachLexicon,
  findPhrase,
  type Lexicon,
  loadLexicon,
  lookup,
  PHRASE_END,
  PHRASE_LABEL,
  PHRASE_PREFIX,
} from '../../detectors/lexicon/load.js';

let lexicon: Lexicon;
let loadMs = Infinity;

before(() => {
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    lexicon = loadLexicon();
    loadMs = Math.min(loadMs, performance.now() - start);
  }
});

const classes = (word: string): number => lookup(lexicon, hashOf(word));

/** Flags and classes of a phrase's last state, after checking that every state before it leads on. */
function phrase(text: string): { flags: number; classes: number } | null {
  const hashes = text.split(' ').map(hashOf);
  assert.ok(lookup(lexicon, hashes[0]) & Lex.PhraseHead, `${hashes[0]} is no phrase head`);
  let state = hashes[0];
  let at = findPhrase(lexicon, state);
  for (let k = 1; k < hashes.length; k++) {
    if (k > 1 && !(at >= 0 && lexicon.phrases[at + 1] & PHRASE_PREFIX)) return null;
    state = mixHash(state, hashes[k]);
    at = findPhrase(lexicon, state);
  }
  if (at < 0 || !(lexicon.phrases[at + 1] & PHRASE_END)) return null;
  return { flags: lexicon.phrases[at + 1], classes: lexicon.phrases[at + 2] };
}

describe('tables of code units', () => {
  const folded = (text: string): string =>
    String.fromCharCode(...Array.from({ length: text.length }, (_, i) => lexicon.fold[text.charCodeAt(i)]));
  const plain = (text: string): string =>
    String.fromCharCode(...Array.from({ length: text.length }, (_, i) => lexicon.plain[text.charCodeAt(i)]));

  test('fold takes case, diacritics and disguise away', () => {
    for (const [from, to] of [
      ['Smith', 'smith'],
      ['Renée', 'renee'],
      ['Øystein Þór ÐÆSSß', 'oystein tor dasss'],
      ['Łukasz Đặng İğdır', 'lukasz dang igdir'],
      ['Ｊｏｈｎ', 'john'],
      ['Ѕmіth Ιοhn', 'smith iohn'],
      ['٠١٢٣ ०१२ ７', '0123 012 7'],
      ['αβγδλμ ΓΔΛ', 'αβγδλμ γδλ'],
    ]) {
      assert.equal(folded(from), to);
    }
    assert.equal(lexicon.fold[0xb5], 0x3bc, 'micro sign and mu are one');
  });

  test('plain keeps case and accents, and makes ASCII of the rest', () => {
    for (const [from, to] of [
      ['Renée Łuk', 'Renée Łuk'],
      ['Ｊｏｈｎ＠ｘ．org：１', 'John@x.org:1'],
      ['Ѕmіth Ρаul', 'Smith Paul'],
      ['a\u00a0b\u3000c\u2003d', 'a b c d'],
      ['a\u2028b\u2029c\u0085d', 'a\nb\nc\nd'],
      ['555‐1‑2‒3–4—5−6', '555-1-2-3-4-5-6'],
      ['O’Brien ‘x’ 6′ “y” 7″', "O'Brien 'x' 6' \"y\" 7\""],
      ['1⁄2∕3／4', '1/2/3/4'],
      ['٠٩ ⑦ H₂O', '09 7 H2O'],
      ['Smith² 37º Tylenol™', 'Smith² 37º Tylenol™'],
      ['\uffff\ufffe', '  '],
    ]) {
      assert.equal(plain(from), to);
    }
  });

  test('plain drops what cannot be seen and marks what needs more than one unit', () => {
    for (const code of [0x200b, 0x200d, 0x200e, 0x202e, 0x2060, 0x2066, 0xfeff, 0xad, 0xfe0f, 0x180e, 0x301, 0x20dd]) {
      assert.equal(lexicon.plain[code], DROP, code.toString(16));
    }
    for (const code of [0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfb01, 0xfb04, 0x133]) {
      assert.equal(lexicon.plain[code], EXPAND, code.toString(16));
    }
  });

  test('ASCII from the tab on is its own plain form, and both tables are stable', () => {
    for (let code = 0; code < 0x10000; code++) {
      const plainForm = lexicon.plain[code];
      if (code < 0x80) assert.equal(plainForm, code < 9 ? DROP : code);
      if (plainForm < EXPAND) {
        assert.equal(lexicon.plain[plainForm], plainForm, `plain ${code.toString(16)}`);
        assert.equal(lexicon.fold[plainForm], lexicon.fold[code], `plain and fold ${code.toString(16)}`);
      }
      assert.equal(lexicon.fold[lexicon.fold[code]], lexicon.fold[code], `fold ${code.toString(16)}`);
    }
  });

  test('classes of units', () => {
    for (const [chars, kind] of [
      ['azéßżα', Char.Lower],
      ['AZÉŁΩǅ', Char.Upper],
      ['中אبहา', Char.Uncased],
      ['09', Char.Digit],
      [' \t\u00a0\u3000', Char.Blank],
      ['\n\r\v\f\u2028\u2029\u0085', Char.LineBreak],
      ['.-_/·²º٣\u0301\u0000\ud83d', Char.Sign],
      ['\uffff', Char.Leaf],
    ] as const) {
      for (let i = 0; i < chars.length; i++) {
        assert.equal(lexicon.charClass[chars.charCodeAt(i)], kind, chars.charCodeAt(i).toString(16));
      }
    }
  });
});

describe('hashes', () => {
  test('a constant has the hash of the folded token', () => {
    for (const word of ['smith', 'O', 'MRN', 'B12', 'Renée', 'Müller']) {
      const units = Uint16Array.from(word, (char) => lexicon.fold[char.charCodeAt(0)]);
      assert.equal(hashOf(word), hashUnits(units, 0, units.length));
    }
    assert.equal(hashOf('a') >>> 0, 0xe40c292c, 'FNV-1a as published');
  });

  test('a phrase is not the same words in another order', () => {
    const [a, b, c] = ['date', 'of', 'birth'].map(hashOf);
    assert.notEqual(mixHash(a, b), mixHash(b, a));
    assert.notEqual(mixHash(mixHash(a, b), c), mixHash(mixHash(b, a), c));
  });
});

describe('words', () => {
  const has: readonly (readonly [string, number])[] = [
    ['smith', Lex.SurnameTop | Lex.Surname],
    ['García', Lex.SurnameTop],
    ['nguyen', Lex.SurnameTop],
    ['brien', Lex.Surname],
    ['maria', Lex.GivenTop | Lex.Given],
    ['François', Lex.Given],
    ['oluwaseun', Lex.Given],
    ['will', Lex.GivenTop | Lex.NameRare | Lex.Word],
    ['may', Lex.Month | Lex.NameRare | Lex.Given],
    ['june', Lex.Month | Lex.NameRare | Lex.GivenTop],
    ['hope', Lex.NameRare | Lex.Given],
    ['the', Lex.Function | Lex.Common | Lex.Word],
    ['denies', Lex.Common],
    ['metoprolol', Lex.Drug],
    ['ozempic', Lex.Drug],
    ['copd', Lex.Medical],
    ['pneumonia', Lex.Medical | Lex.Word],
    ['parkinson', Lex.Eponym | Lex.Surname],
    ['foley', Lex.Eponym],
    ['boston', Lex.CityTop | Lex.City],
    ['phoenix', Lex.CityTop],
    ['texas', Lex.State],
    ['tx', Lex.StateCode | Lex.Medical],
    ['france', Lex.Country],
    ['ada', Lex.County | Lex.Given],
    ['blvd', Lex.Street],
    ['hospital', Lex.Facility],
    ['sept', Lex.Month],
    ['thurs', Lex.Weekday],
    ['dr', Lex.Title],
    ['md', Lex.Credential | Lex.StateCode],
    ['mother', Lex.Relation],
    ['patient', Lex.Role | Lex.Common],
    ['cardiologist', Lex.Role],
    ['llc', Lex.Org],
    ['twelve', Lex.NumberWord],
    ['van', Lex.Particle],
    ['vietnamese', Lex.Demonym],
    ['mt', Lex.PlaceWord | Lex.StateCode],
    ['springs', Lex.PlaceWord],
    ['dictated', Lex.PersonCue],
  ];
  for (const [word, mask] of has) {
    test(word, () => assert.equal(classes(word) & mask, mask));
  }

  const NAMES = Lex.GivenTop | Lex.Given | Lex.SurnameTop | Lex.Surname;
  for (const word of ['the', 'and', 'to', 'sept', 'male', 'unknown', 'hospital', 'hx', 'zxqvw']) {
    test(`${word} is no name`, () => assert.equal(classes(word) & NAMES, 0));
  }
});

describe('phrases', () => {
  for (const [text, mask] of [
    ['new york', Lex.CityTop | Lex.State],
    ['san francisco', Lex.CityTop],
    ['st louis', Lex.CityTop],
    ['salt lake city', Lex.CityTop],
    ['new hampshire', Lex.State],
    ['los angeles county', Lex.County],
    ['ada county', Lex.County],
    ['united states of america', Lex.Country],
    ['folic acid', Lex.Drug],
    ['ehlers danlos', Lex.Eponym],
    ['next of kin', Lex.Relation],
    ['nurse practitioner', Lex.Role],
  ] as const) {
    test(text, () => assert.equal((phrase(text)?.classes ?? 0) & mask, mask));
  }

  test('labels are added at start-up, also of one token, and share prefixes', () => {
    const fresh = loadLexicon();
    addPhrase(fresh, ['qqdate', 'of', 'birth'].map(hashOf), 7);
    addPhrase(fresh, ['qqdate', 'of', 'birth', 'seen'].map(hashOf), 8);
    addPhrase(fresh, [hashOf('qqmrn')], 9);
    const seen = attachLexicon(fresh.buffer);
    assert.ok(lookup(seen, hashOf('qqdate')) & Lex.PhraseHead);
    assert.ok(lookup(seen, hashOf('qqmrn')) & Lex.PhraseHead);
    const of = mixHash(hashOf('qqdate'), hashOf('of'));
    const birth = mixHash(of, hashOf('birth'));
    assert.equal(seen.phrases[findPhrase(seen, of) + 1], PHRASE_PREFIX);
    assert.equal(seen.phrases[findPhrase(seen, birth) + 1], PHRASE_PREFIX | PHRASE_END | 7);
    assert.equal(seen.phrases[findPhrase(seen, mixHash(birth, hashOf('seen'))) + 1] & PHRASE_LABEL, 8);
    assert.equal(seen.phrases[findPhrase(seen, hashOf('qqmrn')) + 1], PHRASE_END | 9);
    assert.equal(findPhrase(seen, hashOf('nothing')), -1);
  });

  test('impossible labels and full tables throw', () => {
    const fresh = loadLexicon();
    assert.throws(() => addPhrase(fresh, [], 1));
    assert.throws(() => addPhrase(fresh, [1, 2, 3, 4, 5, 6, 7], 1));
    assert.throws(() => addPhrase(fresh, [1], 0));
    assert.throws(() => addPhrase(fresh, [1], 0x10000));
    assert.throws(() => addWord(fresh, 0, 1));
    assert.throws(() => {
      for (let i = 1; i < 1e6; i++) addPhrase(fresh, [i, i], 1);
    }, /full/);
  });

  test('adding a word keeps the classes that it had', () => {
    const fresh = loadLexicon();
    const before = lookup(fresh, hashOf('smith'));
    addWord(fresh, hashOf('smith'), Lex.Drug);
    assert.equal(lookup(fresh, hashOf('smith')), before | Lex.Drug);
  });
});

describe('the blob', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lexicon-'));
  after(() => rmSync(folder, { recursive: true }));
  const source = readFileSync(new URL('../../detectors/lexicon/lexicon.bin', import.meta.url));
  const load = (change: (bytes: Buffer) => Buffer): Lexicon => {
    const path = join(folder, 'lexicon.bin');
    writeFileSync(path, change(Buffer.from(source)));
    return loadLexicon(pathToFileURL(path));
  };

  test('loads fast and is small', (t) => {
    t.diagnostic(`loaded in ${loadMs.toFixed(1)} ms, ${(source.length / 1e6).toFixed(1)} MB`);
    assert.ok(source.length <= 11e6);
  });

  test('damage is refused', () => {
    assert.doesNotThrow(() => load((bytes) => bytes));
    assert.throws(() => load((bytes) => bytes.fill(bytes[0] ^ 1, 0, 1)), /not a lexicon/);
    assert.throws(() => load((bytes) => bytes.fill(99, 4, 5)), /version 99/);
    assert.throws(
      () => load((bytes) => bytes.fill(bytes[bytes.length >> 1] ^ 1, bytes.length >> 1, (bytes.length >> 1) + 1)),
      /damaged/,
    );
    assert.throws(() => load((bytes) => bytes.subarray(0, bytes.length - 8)), /cut short/);
    assert.throws(() => load((bytes) => bytes.subarray(0, 16)), /cut short/);
    assert.throws(() => loadLexicon(pathToFileURL(join(folder, 'none.bin'))), /cannot be opened/);
  });
});
