/**
 * (F) E-mail addresses: the part of RFC 5322 that people use, with letters of any script (RFC 6531), as written, as
 * encoded (`%40`) and as spelt out to hide from robots ("ann (at) example (dot) org"). Anchored where the @ stands.
 */
import { ALNUM, type Detector, DIGITS, type Doc, type Emit, Gap, LETTERS, type Rule, Shape } from './contract.js';
import { hashOf } from './kit/hash.js';
import { PLAIN_TLDS, TLDS } from './kit/net/host.js';
import { labelAt, ownerOf } from './kit/read.js';
import { isWordUnit } from './kit/units.js';
import { words } from './kit/word-set.js';
import { Lex } from './lexicon/classes.js';

const ADDRESS: Rule = { name: 'email.address', kind: 'email', confidence: 0.98, about: 'local@host.tld' };
const ODD: Rule = {
  name: 'email.odd',
  kind: 'email',
  confidence: 0.8,
  about: 'An address with blanks around the @, an unknown top-level domain, or none after an e-mail label',
};
const SPELT: Rule = { name: 'email.spelt', kind: 'email', confidence: 0.85, about: 'name (at) host (dot) org' };

const LOCAL_MAX = 64;
const HOST_TOKENS_MAX = 24;
const SPELT_TOKENS_MAX = 10;
/** com, org, net, edu, gov, mil */
const TLD_UNITS = 3;
const AT_SIGN = 0x40;
const SPACE = 0x20;
const QUOTE = 0x22;

const AT = hashOf('at');
const DOT = hashOf('dot');
const XN = hashOf('xn');
const GIT = hashOf('git');
const SPOKEN_SIGNS = words('dot underscore dash hyphen plus period');
const PROVIDERS = words('gmail yahoo hotmail outlook icloud aol msn live comcast verizon protonmail proton');

export const email: Detector<'email'> = {
  category: 'email',
  citation: '164.514(b)(2)(i)(F)',
  rules: [ADDRESS, ODD, SPELT],
  anchors: {
    gaps: (1 << Gap.At) | (1 << Gap.Close),
    forms: [
      { shapes: LETTERS, gaps: 1 << Gap.Dot },
      { shapes: DIGITS | ALNUM, gaps: 1 << Gap.Other },
    ],
    labels: {
      email: ['email', 'e mail', 'email address', 'e mail address', 'mailto', 'courriel', 'correo electronico'],
      dot: ['com', 'org', 'net', 'edu', 'gov', 'us', 'io', 'co', 'health'].map((tld) => `dot ${tld}`),
    },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const gap = doc.gap[at];
    // Nearly all are points and brackets of something else, which the first loads tell.
    if (gap === Gap.Dot) {
      if (
        ((1 << doc.shape[at]) & LETTERS) !== 0 &&
        doc.end[at] - doc.start[at] === TLD_UNITS &&
        PLAIN_TLDS.has(doc.hash[at])
      )
        spokenAt(doc, at, emit);
      return;
    }
    if (gap === Gap.Close) {
      if (at > 0 && doc.hash[at - 1] === AT && doc.gap[at - 1] === Gap.Open)
        spelt(doc, at, hostEnd(doc, at), true, emit);
      return;
    }
    const { start, text } = doc;
    const from = start[at];
    if (gap === Gap.At) written(doc, at, from - (text[from - 1] === SPACE ? 2 : 1), from, emit);
    else if (gap === Gap.Other) {
      // ann%40example.org, as forms encode it.
      if (text[from] === 0x34 && text[from + 1] === 0x30 && from > 0 && text[from - 1] === 0x25)
        written(doc, at, from - 1, from + 2, emit);
    } else if (at > 0 && doc.hash[at - 1] === DOT && labelAt(doc, at)?.kind === 'dot') spokenHost(doc, at, emit);
  },
};

/** An address around a sign at `sign`; the host begins at `host`, within token `at`. */
function written(doc: Doc, at: number, sign: number, host: number, emit: Emit): void {
  const { text, start, end, gap, hash, shape } = doc;
  if (at === 0 || (text[sign] !== AT_SIGN && text[sign] !== 0x25)) return;
  let loose = host !== start[at] ? false : sign !== host - 1;
  let localEnd = sign;
  if (text[localEnd - 1] === SPACE) {
    localEnd--;
    loose = true;
  }
  const from = localStart(text, localEnd);
  if (from >= localEnd) return;
  let first = at - 1;
  while (first > 0 && start[first] > from && at - first < HOST_TOKENS_MAX && gap[first] !== Gap.Leaf) first--;
  const labelled = ownerOf(doc, first)?.kind === 'email';

  let last = hostEnd(doc, at);
  let top = topOf(doc, at, last);
  // "ann@example.org.Next": the end of a sentence without a blank.
  if (
    top > at &&
    shape[top] === Shape.Title &&
    !TLDS.has(hash[top]) &&
    TLDS.has(hash[top - 1]) &&
    topOf(doc, at, top - 1) > at
  ) {
    last = top - 1;
    top = topOf(doc, at, last);
  }
  if (last > top && hash[top] !== XN) last = top;
  const called = text[end[last]] === 0x28;
  if (top <= at) {
    const bare = hash[at] !== 0 && (labelled || PROVIDERS.has(hash[at])) && ((1 << shape[at]) & LETTERS) !== 0;
    if (bare && !loose && !called) emit(from, end[at], ODD);
    return;
  }
  const international = hash[top] === XN;
  if (!international && (((1 << shape[top]) & LETTERS) === 0 || end[top] - start[top] < 2)) return;
  // A checkout (git@host:owner/project) is a service's address, not a person's.
  if (hash[first] === GIT && start[first] === from && localEnd === end[first] && text[end[last]] === 0x3a) return;
  const known = international || TLDS.has(hash[top]);
  if (loose && !labelled && !(known && isRich(doc, first, at))) return;
  if (!known && !labelled && (called || localEnd - from < 2 || shape[top] === Shape.Title)) return;
  emit(from, end[last], known && !loose ? ADDRESS : ODD);
}

/** Whether a local part has a digit or several parts, as words of a sentence do not. */
function isRich(doc: Doc, first: number, at: number): boolean {
  return at - first > 1 || ((1 << doc.shape[first]) & LETTERS) === 0;
}

function localStart(text: Uint16Array, end: number): number {
  let i = end;
  const edge = Math.max(0, end - LOCAL_MAX);
  if (text[i - 1] === QUOTE) {
    // "ann lee"@example.org
    for (i -= 2; i >= edge && text[i] !== QUOTE && text[i] >= SPACE; i--);
    return i >= edge && text[i] === QUOTE && end - i > 2 ? i : end;
  }
  while (i > edge && isLocalUnit(text[i - 1])) i--;
  while (i < end && !isWordUnit(text[i])) i++;
  // to%20ann%40example.org: the blank before, as URLs encode it.
  if (text[i - 1] === 0x25 && text[i] === 0x32 && text[i + 1] === 0x30 && end - i > 2) i += 2;
  return i;
}

/** Letters, digits and `. _ + - ' ~`; other signs that the RFC allows are left out, as they mostly separate. */
function isLocalUnit(unit: number): boolean {
  if (isWordUnit(unit)) return true;
  return unit === 0x2e || unit === 0x5f || unit === 0x2b || unit === 0x2d || unit === 0x27 || unit === 0x7e;
}

/** Last token of the host that begins at `at`: labels with dots and hyphens, and the `--` of international names. */
function hostEnd(doc: Doc, at: number): number {
  const { gap, shape, text, end } = doc;
  let last = at;
  for (; last + 1 < doc.count && last - at < HOST_TOKENS_MAX && shape[last + 1] !== Shape.Redacted; last++) {
    const next = gap[last + 1];
    const doubled =
      next === Gap.Other &&
      doc.start[last + 1] - end[last] === 2 &&
      text[end[last]] === 0x2d &&
      text[end[last] + 1] === 0x2d;
    if (next !== Gap.Dot && next !== Gap.Hyphen && !doubled) break;
  }
  return last;
}

/** First token of the last dotted label, or `at` when there is no dot. */
function topOf(doc: Doc, at: number, last: number): number {
  let top = last;
  while (top > at && doc.gap[top] !== Gap.Dot) top--;
  return top;
}

/** "ann dot lee at example dot org": called at the top-level domain. */
function spokenHost(doc: Doc, at: number, emit: Emit): void {
  let host = at;
  while (host > 1 && at - host < SPELT_TOKENS_MAX && doc.hash[host - 1] === DOT) host -= 2;
  spelt(doc, host, at, false, emit);
}

/** "ann22 at example.org": called at the top-level domain. */
function spokenAt(doc: Doc, at: number, emit: Emit): void {
  let host = at;
  while (host > 0 && at - host < SPELT_TOKENS_MAX && (doc.gap[host] === Gap.Dot || doc.gap[host] === Gap.Hyphen))
    host--;
  if (host < 2 || doc.hash[host - 1] !== AT || doc.gap[host] !== Gap.Blank || doc.gap[host - 1] !== Gap.Blank) return;
  const first = speltLocal(doc, host - 2);
  if (ownerOf(doc, first)?.kind === 'email' || (PROVIDERS.has(doc.hash[host]) && isRich(doc, first, host - 1)))
    emit(doc.start[first], doc.end[at], SPELT);
}

/** An address whose @ is the word before `host`. Unless in brackets, a usual word before it is no local part. */
function spelt(doc: Doc, host: number, end: number, bracketed: boolean, emit: Emit): void {
  const { hash, gap, lex } = doc;
  const at = host - 1;
  if (at < 1 || hash[at] !== AT || gap[at] === Gap.Leaf || gap[host] === Gap.Leaf) return;
  let last = end;
  // Spelt dots ahead: "(dot) org", " dot org".
  while (last + 2 < doc.count && last - host < SPELT_TOKENS_MAX && hash[last + 1] === DOT && gap[last + 2] !== Gap.Leaf)
    last += 2;
  if (last === host || !TLDS.has(hash[last])) return;
  if (doc.shape[at - 1] === Shape.Redacted || doc.shape[host] === Shape.Redacted) return;
  const first = speltLocal(doc, at - 1);
  const usual = first === at - 1 && (lex[first] & (Lex.Common | Lex.Function)) !== 0 && (lex[first] & Lex.Given) === 0;
  if (!bracketed && usual && ownerOf(doc, first)?.kind !== 'email') return;
  emit(doc.start[first], doc.end[last], SPELT);
}

/** First token of the local part that ends at `at`. */
function speltLocal(doc: Doc, at: number): number {
  const { gap, hash } = doc;
  let first = at;
  while (first > 0 && at - first < SPELT_TOKENS_MAX) {
    const g = gap[first];
    if (g === Gap.Dot || g === Gap.Underscore || g === Gap.Hyphen || g === Gap.Plus) first--;
    else if (
      g !== Gap.Leaf &&
      g !== Gap.Line &&
      first > 1 &&
      SPOKEN_SIGNS.has(hash[first - 1]) &&
      gap[first - 1] !== Gap.Leaf
    )
      first -= 2;
    else break;
  }
  return doc.shape[first] === Shape.Redacted ? at : first;
}
