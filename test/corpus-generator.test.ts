/** The corpus generator: the same from the same seed, spans that fit their text, every category in both halves. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanNotes, denseNotes, messages, mixed } from '../bench/workload.js';
import { CATEGORIES } from '../detectors/contract.js';
import {
  generate,
  generateCases,
  type LabelledDocument,
  renderTemplate,
  STYLES,
  TRAINING_STYLES,
  templatesOf,
  toCodePoints,
} from '../fixtures/corpus/index.js';
import { slotsOf } from '../fixtures/corpus/template.js';
import { TRAINING } from '../fixtures/corpus/training/index.js';

const HALVES = ['open', 'held-out'] as const;

/** What the code of units for science writes in braces. */
const UNITS = /\{(SG|score|nominal|INR)\}/gi;

function holds(document: LabelledDocument): void {
  let end = 0;
  const marks = [...document.spans, ...document.neutral].sort((a, b) => a.start - b.start);
  for (const span of marks) {
    const value = document.text.slice(span.start, span.end);
    assert.ok(span.start >= end && span.end > span.start, `overlap in ${document.id}`);
    assert.equal(value, value.trim(), `untrimmed in ${document.id}: ${value}`);
    assert.ok(/[\p{L}\p{N}]/u.test(value), `nothing in ${document.id}: ${value}`);
    end = span.end;
  }
  const text = document.text.replace(UNITS, '');
  assert.ok(!/[«»]|\{[A-Za-z.]+(:[^{}"]*)?\}/.test(text), `unfilled slot in ${document.id}: ${document.text}`);
  // Who writes item by item may mean the word.
  if (!document.style.startsWith('written-')) assert.ok(!text.includes('undefined'), `nothing in ${document.id}`);
}

test('the same seed gives the same documents, another seed others', () => {
  const take = (seed: number) => JSON.stringify([...generate({ seed, count: 60, half: 'both' })]);
  assert.equal(take(7), take(7));
  assert.notEqual(take(7), take(8));
  const cases = (seed: number) => JSON.stringify([...generateCases('mrn', { seed, count: 40, half: 'both' })]);
  assert.equal(cases(3), cases(3));
});

test('spans are in order, trimmed and apart in every style and half', () => {
  for (const half of HALVES)
    for (const style of STYLES)
      for (const document of generate({ seed: 11, count: 40, half, styles: [style] })) {
        holds(document);
        assert.equal(document.style, style);
        assert.equal(document.heldOut, half === 'held-out');
      }
});

test('every template renders, and what is called clean has no identifier', () => {
  for (const half of HALVES) {
    const { cases, documents, phrases } = templatesOf(half);
    for (const template of [...Object.values(cases).flat(), ...documents, ...phrases])
      holds(renderTemplate(template, half, 5));
    for (const document of generate({ seed: 13, count: 150, half, cleanShare: 1 }))
      assert.deepEqual(document.spans, [], document.text);
  }
});

test('each half has three hundred distinct cases of every category', () => {
  for (const half of HALVES)
    for (const category of CATEGORIES) {
      const values = new Set<string>();
      let count = 0;
      for (const document of generateCases(category, { seed: 17, count: 300, half })) {
        holds(document);
        const spans = document.spans.filter((span) => span.category === category);
        assert.ok(spans.length > 0, `${category} missing in: ${document.text}`);
        for (const span of spans) values.add(document.text.slice(span.start, span.end));
        count++;
      }
      assert.equal(count, 300);
      assert.ok(values.size >= 300, `${category} in ${half}: ${values.size} values`);
    }
});

test('documents of each half have all eighteen categories', () => {
  for (const half of HALVES) {
    const found = new Set<string>();
    for (const { spans } of generate({ seed: 19, count: 800, half }))
      for (const span of spans) found.add(span.category);
    assert.deepEqual([...found].sort(), [...CATEGORIES].sort());
  }
});

test('no template is in both halves', () => {
  const all = (half: 'open' | 'held-out') => {
    const { cases, documents, phrases } = templatesOf(half);
    return [...Object.values(cases).flat(), ...documents, ...phrases];
  };
  const onlySlots = (template: string) => template.replace(/\{[^{}]*\}/g, '').trim() === '';
  const open = new Set(all('open'));
  assert.deepEqual(
    all('held-out').filter((template) => open.has(template) && !onlySlots(template)),
    [],
  );
});

test('categories asked for are in every document', () => {
  for (const { spans } of generate({ seed: 23, count: 20, half: 'both', categories: ['vehicle', 'biometric'] }))
    assert.ok(spans.some((span) => span.category === 'vehicle' || span.category === 'biometric'));
});

test('the training corpus is the same from the same seed, and no two of its documents are alike', () => {
  const take = (seed: number) => [...generate({ seed, count: 400, half: 'training' })].map((document) => document.text);
  assert.deepEqual(take(7), take(7));
  const texts = [...take(7), ...take(8)];
  assert.ok(new Set(texts).size > texts.length * 0.99, `${new Set(texts).size} of ${texts.length} differ`);
});

test('spans of the training corpus are in order, trimmed and apart, and end where a word ends', () => {
  const word = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
  for (const style of TRAINING_STYLES)
    for (const document of generate({ seed: 41, count: 60, half: 'training', styles: [style] })) {
      holds(document);
      assert.equal(document.style, style);
      for (const { start, end, category } of document.spans) {
        // A day goes on as a time (20240105T0730) and an age as a sex (93F).
        if (category === 'date') continue;
        const text = document.text.slice(start - 10, end + 10);
        assert.ok(!(word(document.text[start - 1]) && word(document.text[start])), `begins in a word: ${text}`);
        assert.ok(!(word(document.text[end - 1]) && word(document.text[end])), `ends in a word: ${text}`);
      }
    }
});

test('every slot of the training grammar is known, and its clean documents have no identifier', () => {
  const { grammar, styles } = TRAINING;
  const phrases = Object.values(grammar).flatMap((symbol) => (typeof symbol === 'function' ? [] : symbol));
  const documents = Object.values(styles).flatMap((style) => [...style.documents, ...style.clean]);
  for (const template of [...phrases, ...documents])
    for (const slot of slotsOf(template)) assert.ok(slot in grammar, `no {${slot}}: ${template}`);
  for (const document of generate({ seed: 43, count: 1500, half: 'training', cleanShare: 1 }))
    if (styles[document.style]?.clean.length)
      assert.deepEqual(document.spans, [], `${document.style}: ${document.text}`);
});

test('the training corpus has all eighteen categories', () => {
  const found = new Set<string>();
  for (const { spans } of generate({ seed: 47, count: 3000, half: 'training' }))
    for (const span of spans) found.add(span.category);
  assert.deepEqual([...found].sort(), [...CATEGORIES].sort());
});

test('JSON documents parse', () => {
  for (const { text } of generate({
    seed: 29,
    count: 400,
    half: 'training',
    styles: ['fhir', 'json', 'resource', 'call'],
  }))
    JSON.parse(text);
  for (const { text } of generate({ seed: 29, count: 200, half: 'both', styles: ['fhir', 'tool-call'] }))
    JSON.parse(text);
});

test('offsets in code points index the text as a list of characters', () => {
  const document: LabelledDocument = {
    id: 'x',
    text: '😀 Ann 😀 Bo',
    spans: [
      { start: 3, end: 6, category: 'name' },
      { start: 10, end: 12, category: 'name' },
    ],
    neutral: [],
    style: 'note',
    heldOut: false,
  };
  const points = [...document.text];
  const values = toCodePoints(document).spans.map((span) => points.slice(span.start, span.end).join(''));
  assert.deepEqual(values, ['Ann', 'Bo']);
});

test('workloads have the size and the density that they claim', () => {
  const size = (texts: readonly string[]) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  for (const make of [denseNotes, cleanNotes, mixed]) {
    const texts = make(31, 100_000);
    assert.deepEqual(texts, make(31, 100_000));
    assert.ok(Math.abs(size(texts) - 100_000) < 6_000);
    const mean = size(texts) / texts.length;
    assert.ok(mean > 1_900 && mean < 3_000, `${make.name}: ${mean}`);
  }
  for (const bytes of [500, 2_400, 20_000]) {
    const texts = messages(37, 20, bytes);
    assert.equal(texts.length, 20);
    assert.ok(Math.abs(size(texts) / 20 / bytes - 1) < 0.25, String(size(texts) / 20));
  }
});
