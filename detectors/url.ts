/**
 * (N) Web addresses. Any URL counts, whatever it leads to, except those of hosts that name vocabularies, schemas,
 * publications or software (see kit/host): the `system` of a FHIR code or a link to a guideline identifies nobody.
 */
import { type Detector, type Doc, type Emit, Gap, LETTERS, type Rule, Shape } from './contract.js';
import { hashOf } from './kit/hash.js';
import { isNobodysHost, PLAIN_TLDS, SECOND_LEVEL, TLDS } from './kit/net/host.js';
import { hostStart, hostStop, urlEnd } from './kit/net/url-end.js';
import { labelAt } from './kit/read.js';
import { isWordUnit } from './kit/units.js';
import { words } from './kit/word-set.js';

const SCHEME: Rule = { name: 'url.scheme', kind: 'url', confidence: 0.98, about: 'https://host/path, with any scheme' };
const WWW: Rule = { name: 'url.www', kind: 'url', confidence: 0.95, about: 'www.host/path' };
const PATH: Rule = { name: 'url.path', kind: 'url', confidence: 0.85, about: 'host.tld/path without a scheme' };
const HOST: Rule = {
  name: 'url.host',
  kind: 'url',
  confidence: 0.6,
  about: 'A bare host name under com, org, net, edu, gov',
};
const LABELLED: Rule = {
  name: 'url.label',
  kind: 'url',
  confidence: 0.9,
  about: 'A dotted name after a label: website, portal link',
};

const URL_MAX = 2048;
/** A URL within another, or hanging on to something, is read only so far, or a chain of them would cost quadratic time. */
const NESTED_MAX = 128;
const NESTED_BACK = 128;
const HOST_TOKENS_MAX = 12;
const COLON = 0x3a;
const SLASH = 0x2f;
const SCHEME_UNITS_MAX = 16;

const WWW_HASH = hashOf('www');
const FILE = hashOf('file');
/** Objects whose member `net` or `org` is no host; trade names that end in .NET. */
const OBJECTS = words('self this cls asp vb ado module model params config');
/** What a labelled name may end in and still be a file rather than a host. */
const FILES = words('pdf doc docx txt html htm json xml csv jpg jpeg png py js ts php');

export const url: Detector<'url'> = {
  category: 'url',
  citation: '164.514(b)(2)(i)(N)',
  rules: [SCHEME, WWW, PATH, HOST, LABELLED],
  anchors: {
    gaps: 1 << Gap.Other,
    forms: [{ shapes: LETTERS, gaps: 1 << Gap.Dot }],
    labels: {
      url: [
        'url',
        'website',
        'web site',
        'web address',
        'website address',
        'web page',
        'webpage',
        'homepage',
        'portal url',
        'portal link',
        'profile url',
        'patient portal',
        'portal address',
        'video link',
        'meeting link',
        'visit link',
        'href',
        'permalink',
      ],
    },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const gap = doc.gap[at];
    // Nearly all are decimal points and signs of a sentence, which the first loads tell.
    if (gap === Gap.Dot) {
      if (((1 << doc.shape[at]) & LETTERS) !== 0) dotted(doc, at, emit);
    } else if (gap === Gap.Other && at > 0 && doc.text[doc.end[at - 1]] === COLON) schemed(doc, at, emit);
    if (doc.label[at] !== 0 && labelAt(doc, at)?.category === 'url' && doc.value[at] > at)
      labelled(doc, doc.value[at], emit);
  },
};

/** `scheme://` before the token; the host may be in brackets (IPv6). Slashes may be escaped, as in JSON source. */
function schemed(doc: Doc, at: number, emit: Emit): void {
  const { text, start, end, shape } = doc;
  const colon = end[at - 1];
  let i = colon + 1;
  for (let slashes = 0; slashes < 2; slashes++) {
    if (text[i] === 0x5c) i++;
    if (text[i++] !== SLASH) return;
  }
  const bracket = text[i] === 0x5b;
  if (i + (bracket ? 1 : 0) > start[at] || (!bracket && start[at] - i > 2)) return;
  const letters = (1 << shape[at - 1]) & (LETTERS | (1 << Shape.AlnumShort));
  if (letters === 0 || colon - start[at - 1] > SCHEME_UNITS_MAX || colon - start[at - 1] < 2) return;
  const stop = urlEnd(text, i, Math.min(doc.length, i + (isNested(text, start[at - 1]) ? NESTED_MAX : URL_MAX)));
  const host = hostStart(text, i, stop);
  if (stop <= start[at] || isNobodysHost(text, host, hostStop(text, host, stop), stop)) return;
  // file://missing: neither a host nor a path.
  if (doc.hash[at - 1] === FILE && hostStop(text, i, stop) === stop) return;
  emit(start[at - 1], stop, SCHEME);
}

/** Whether another `://` stands a little before, without a blank or quote between. */
function isNested(text: Uint16Array, from: number): boolean {
  const edge = Math.max(2, from - NESTED_BACK);
  for (
    let i = from - 1;
    i >= edge && text[i] > 0x20 && text[i] !== 0x22 && text[i] !== 0x3c && text[i] !== 0x3e && text[i] !== 0x2c;
    i--
  )
    if (text[i] === SLASH && text[i - 1] === SLASH && text[i - 2] === COLON) return true;
  return false;
}

/** How far a URL without a scheme is read: not far when it hangs on to something in front. */
function limitOf(doc: Doc, from: number): number {
  const before = from > 0 ? doc.text[from - 1] : 0x20;
  const hangs =
    before === SLASH || before === COLON || before === 0x2c || before === 0x3b || before === 0x2d || isWordUnit(before);
  return Math.min(doc.length, from + (hangs ? NESTED_MAX : URL_MAX));
}

/** A dotted name at its last label, or at the label after `www`. */
function dotted(doc: Doc, at: number, emit: Emit): void {
  const { hash, gap, shape, start, end, text } = doc;
  if (at === 0) return;
  if (hash[at - 1] === WWW_HASH && gap[at - 1] !== Gap.Dot) {
    const from = start[at - 1];
    if (at > 1 && gap[at - 1] === Gap.Other && text[from - 1] === SLASH) return;
    const stop = urlEnd(text, from, limitOf(doc, from));
    if (stop > start[at] && !isNobodysHost(text, start[at], hostStop(text, start[at], stop), stop))
      emit(from, stop, WWW);
    return;
  }
  if (!TLDS.has(hash[at]) || shape[at] === Shape.Title || shape[at] === Shape.Mixed) return;
  // The name goes on, or is called: foo.net.conv(), patient.info(…).
  const next = text[end[at]];
  if (next === 0x28 || next === 0x5b || next === 0x40 || next === 0x5f || next === 0x2d) return;
  if (gap[at + 1] === Gap.Dot && at + 1 < doc.count) return;
  const first = hostFirst(doc, at);
  if (first < 0 || hash[first] === WWW_HASH) return;
  if (shape[at] === Shape.Upper && ((1 << shape[at - 1]) & LETTERS) !== 0 && shape[at - 1] !== Shape.Upper) return;
  const path = (next === SLASH && isWordUnit(text[end[at] + 1])) || (next === COLON && isPort(text, end[at] + 1));
  const plain = PLAIN_TLDS.has(hash[at]);
  const country = at - first > 1 && end[at] - start[at] === 2 && SECOND_LEVEL.has(hash[at - 1]);
  if (!path && !plain && !country) return;
  if (OBJECTS.has(hash[first])) return;
  const stop =
    path || next === 0x3f || next === 0x23 ? urlEnd(text, start[first], limitOf(doc, start[first])) : end[at];
  if (isNobodysHost(text, start[first], end[at], stop)) return;
  emit(start[first], stop, path ? PATH : HOST);
}

/** First token of the dotted name that ends at `at`, or -1 when it is the host of an e-mail address or no host. */
function hostFirst(doc: Doc, at: number): number {
  const { gap, text, start, end } = doc;
  let first = at;
  while (first > 0 && at - first < HOST_TOKENS_MAX && (gap[first] === Gap.Dot || gap[first] === Gap.Hyphen)) first--;
  const before = start[first] > 0 ? text[start[first] - 1] : 0x20;
  if (before === 0x40 || before === 0x2e || before === 0x5f || before === 0x24 || before === 0x5c || before === 0x2b)
    return -1;
  if (gap[first] === Gap.Slash || gap[first] === Gap.Apostrophe) return -1;
  if (doc.shape[first] === Shape.Redacted || end[at - 1] - start[at - 1] < 2) return -1;
  // 12.us and 3.co are numbers with something behind.
  for (let t = first; t < at; t++) if (((1 << doc.shape[t]) & LETTERS) !== 0) return first;
  return hasLetter(doc, first, at) ? first : -1;
}

function hasLetter(doc: Doc, first: number, at: number): boolean {
  for (let i = doc.start[first]; i < doc.start[at]; i++) if (doc.text[i] > 0x39 && isWordUnit(doc.text[i])) return true;
  return false;
}

function isPort(text: Uint16Array, at: number): boolean {
  return text[at] >= 0x31 && text[at] <= 0x39 && text[at + 1] >= 0x30 && text[at + 1] <= 0x39;
}

/** What a label calls an address: any dotted name that is not a file. */
function labelled(doc: Doc, at: number, emit: Emit): void {
  const { gap, shape, hash, start, end, text } = doc;
  let last = at;
  while (
    last + 1 < doc.count &&
    last - at < HOST_TOKENS_MAX &&
    (gap[last + 1] === Gap.Dot || gap[last + 1] === Gap.Hyphen)
  )
    last++;
  if (last === at || gap[last] !== Gap.Dot || ((1 << shape[last]) & LETTERS) === 0 || end[last] - start[last] < 2)
    return;
  if (FILES.has(hash[last]) || shape[last] === Shape.Title || text[end[last]] === 0x28 || text[end[last]] === 0x40)
    return;
  if (shape[at] === Shape.Redacted || !hasLetter(doc, at, last)) return;
  const stop = urlEnd(text, start[at], limitOf(doc, start[at]));
  if (stop >= end[last] && !isNobodysHost(text, start[at], end[last], stop)) emit(start[at], stop, LABELLED);
}
