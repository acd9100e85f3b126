/**
 * Walks from a word to the codes around it in the same clause: forward over words that lead up to a code ("the tag on the
 * truck reads …"), backward from a word behind it ("… is the serial on my pump"). Bounded; never across a leaf, a
 * sentence, a redacted token or another identifier's label.
 */
import { type Category, type Doc, Flag, Gap, LETTERS, Shape } from '../contract.js';
import { startsCode, TIGHT } from './code/id-code.js';
import { hasDigit, lengthOf } from './read.js';

/** A stop behind a word as short as "no." or "ser." ends no sentence. */
const ABBREVIATION_MAX = 4;
const HEAD_TOKENS_MAX = 5;
const QUESTION = 0x3f;

/**
 * First token of the next code at `from` or behind it, at most `reach` tokens from the word at `at`; -1 when the clause ends
 * or another category's label comes first.
 */
export function codeAhead(doc: Doc, at: number, from: number, reach: number, own: Category): number {
  for (let t = Math.max(from, at + 1); t < doc.count && t - at <= reach; t++) {
    if (!continues(doc, t, at)) return -1;
    if (isForeign(doc, t, own)) return -1;
    if (startsCode(doc, t, true)) return t;
  }
  return -1;
}

/** Last token of the nearest code before `head` (exclusive), at most `reach` tokens back; -1 when the clause begins first. */
export function codeBehind(doc: Doc, head: number, reach: number, own: Category): number {
  for (let t = head; t > 0 && head - t < reach; t--) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || gap === Gap.Pipe) return -1;
    if (doc.shape[t - 1] === Shape.Redacted || isForeign(doc, t - 1, own)) return -1;
    if (hasDigit(doc, t - 1)) return t - 1;
  }
  return -1;
}

/**
 * Whether what a label says stands behind it and is redacted already: then nothing before the label is its value either,
 * or a second pass would find more than the first.
 */
export function isAnswered(doc: Doc, at: number, reach: number): boolean {
  for (let t = at + 1; t < doc.count && t - at <= reach; t++) {
    if (doc.shape[t] === Shape.Redacted && doc.gap[t] !== Gap.Leaf) return true;
    if (!continues(doc, t, t - 1) && doc.gap[t] !== Gap.Line) return false;
  }
  return false;
}

/** First token of the run tied by signs that ends at `last`. */
export function headOfCode(doc: Doc, last: number): number {
  let first = last;
  while (
    first > 0 &&
    last - first < HEAD_TOKENS_MAX &&
    ((1 << doc.gap[first]) & TIGHT) !== 0 &&
    doc.shape[first - 1] !== Shape.Redacted
  )
    first--;
  return first;
}

/** First token of the label phrase that ends at `at`. */
export function headOfLabel(doc: Doc, at: number): number {
  let head = at;
  while (
    head > 0 &&
    at - head < HEAD_TOKENS_MAX &&
    doc.gap[head] !== Gap.Leaf &&
    doc.flags[head - 1] & Flag.InLabel &&
    doc.label[head - 1] === 0
  )
    head--;
  return head;
}

/** Whether a number sign stands in the gap before a token. */
export function hasNumberSign(doc: Doc, at: number): boolean {
  if (at === 0 || doc.gap[at] === Gap.Leaf || doc.gap[at] === Gap.Blank) return false;
  for (let i = doc.end[at - 1]; i < doc.start[at]; i++) if (doc.text[i] === 0x23) return true;
  return false;
}

/** Whether the clause of the word at `at` goes on to a token. */
export function continues(doc: Doc, t: number, at: number): boolean {
  const gap = doc.gap[t];
  if (gap === Gap.Leaf || doc.shape[t] === Shape.Redacted) return false;
  if (gap === Gap.Line) return t === at + 1 && doc.text[doc.end[at]] === 0x3a;
  if (gap !== Gap.Stop) return true;
  // "License plate? KLM 2047"
  if (t === at + 1 && doc.text[doc.end[at]] === QUESTION) return true;
  return (
    ((1 << doc.shape[t - 1]) & LETTERS) !== 0 &&
    lengthOf(doc, t - 1) <= ABBREVIATION_MAX &&
    doc.text[doc.end[t - 1]] === 0x2e
  );
}

/** Whether a label of another category's numbers ends at a token. */
export function isForeign(doc: Doc, t: number, own: Category): boolean {
  const id = doc.label[t];
  if (id === 0) return false;
  const { category, kind } = doc.labels[id];
  return (
    category === null ||
    (category !== own && category !== 'name' && category !== 'date' && category !== 'geography' && kind !== 'word')
  );
}
