/**
 * (O) Internet addresses, IPv4 and IPv6 (RFC 4291, RFC 5952). Private ranges count, as they single out a machine within
 * its network; loopback, unspecified and broadcast addresses and netmasks do not, as every machine has them.
 */
import { type Detector, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { v6End } from './kit/net/ipv6.js';
import { isDigits, numberAt, saidBefore } from './kit/read.js';
import { isDigitUnit, isHexUnit, isWordUnit } from './kit/units.js';
import { words } from './kit/word-set.js';

const V4: Rule = { name: 'ip.v4', kind: 'ipv4', confidence: 0.95, about: 'Four octets with dots' };
const V6: Rule = {
  name: 'ip.v6',
  kind: 'ipv6',
  confidence: 0.95,
  about: 'Groups of hexadecimal digits with colons, full or compressed',
};

const OCTET_SHAPES = (1 << Shape.Digits1) | (1 << Shape.Digits2) | (1 << Shape.Digits3);
const PORT_SHAPES = (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4) | (1 << Shape.Digits5);
/** Longest text of an IPv6 address with an IPv4 tail. */
const V6_MAX = 45;
const TAG_MAX = 64;
const COLON = 0x3a;
const DOT = 0x2e;
const PERCENT = 0x25;

/** Words in front of four numbers with dots that make them a version or the number of a section. */
const NUMBERED = words(
  'version versions ver v vers release build rev revision firmware fw software sw driver patch upgrade update updated ' +
    'section sections sec chapter table figure fig appendix article item paragraph para clause oid requirement step annex ' +
    'chrome firefox safari edge mozilla opera applewebkit webkit curl okhttp android ios windows linux python java node ec enzyme kernel',
);
/** Words near four small numbers, or in front of a slash, that say that they are an address. */
const ADDRESSED = words(
  'ip ips ipv4 ipv6 address addresses addr host hosts client server source src dst dest destination remote from via gateway ' +
    'peer network router dns proxy forwarded login connected connecting connection session logged localhost inet node',
);
const BACK = 5;
/** What stands behind a group when a colon follows, and before one when two colons are in front. */
const AFTER = (1 << Gap.Colon) | (1 << Gap.Other) | (1 << Gap.Line) | (1 << Gap.Leaf);
const BEFORE = (1 << Gap.Other) | (1 << Gap.Leaf) | (1 << Gap.Line);

export const ip: Detector<'ip'> = {
  category: 'ip',
  citation: '164.514(b)(2)(i)(O)',
  rules: [V4, V6],
  anchors: { gaps: (1 << Gap.Dot) | (1 << Gap.Colon) | (1 << Gap.Other) },
  read(doc: Doc, at: number, emit: Emit): void {
    const { gap, text, start, end } = doc;
    if (at === 0) return;
    if (gap[at] === Gap.Dot) {
      // The second octet of four; the third and fourth follow. Most dots are decimal points and stop here.
      if (gap[at + 1] === Gap.Dot && gap[at + 2] === Gap.Dot && gap[at - 1] !== Gap.Dot) fourOctets(doc, at, emit);
    } else if (gap[at] === Gap.Colon) {
      // The first colon of a run; another follows, or two are in front (::ffff:192.0.2.1). Most colons are those of labels.
      if ((((1 << gap[at + 1]) & AFTER) | ((1 << gap[at - 1]) & BEFORE)) === 0) return;
      if (start[at] - end[at - 1] !== 1 || end[at] - start[at] > 4) return;
      if (text[end[at]] !== COLON && (start[at - 1] < 2 || text[start[at - 1] - 1] !== COLON)) return;
      if (gap[at - 1] === Gap.Colon && start[at - 1] - end[at - 2] === 1 && isGroup(doc, at - 2)) return;
      groups(doc, at, start[at] - 1, emit);
    } else if (gap[at] === Gap.Other) {
      const before = end[at - 1];
      if (text[before] === COLON && text[before + 1] === COLON) groups(doc, at, before, emit);
      else if (text[start[at] - 1] === COLON && text[start[at] - 2] === COLON) groups(doc, at, start[at] - 2, emit);
    }
  },
};

function isGroup(doc: Doc, t: number): boolean {
  if (doc.end[t] - doc.start[t] > 4) return false;
  for (let i = doc.start[t]; i < doc.end[t]; i++) if (!isHexUnit(doc.text[i])) return false;
  return true;
}

function fourOctets(doc: Doc, at: number, emit: Emit): void {
  const { gap, text, start, end } = doc;
  const first = at - 1;
  const last = at + 2;
  if (last >= doc.count) return;
  for (let t = first; t <= last; t++) if (!isOctet(doc, t)) return;
  const head = numberAt(doc, first);
  const second = numberAt(doc, at);
  if (head === second && (head === 0 || head === 255)) return;
  if (head === 127 && second === 0) return;
  // Five numbers are no address, unless the fifth is a port as tcpdump writes it; nor is 1.2.3.4-beta.
  const after = text[end[last]];
  if (gap[last + 1] === Gap.Dot && isWordUnit(text[end[last] + 1]) && !isPort(doc, last + 1)) return;
  if ((after === 0x2d || after === 0x5f) && !isDigitUnit(text[end[last] + 1]) && isWordUnit(text[end[last] + 1]))
    return;
  if (first > 0 && gap[first] !== Gap.Leaf && isVersion(doc, first)) return;
  // "libssl 3.0.2.15": behind the name of a program, which no dictionary has.
  if (head < 10 && first > 0 && gap[first] === Gap.Blank && isProgram(doc, first - 1)) return;
  const small = head < 10 && end[last] - start[first] === 7;
  if (small && !saidBefore(doc, first, BACK, ADDRESSED)) return;
  if (text[start[first] - 1] === DOT) return;
  emit(start[first], end[last], V4);
}

/** 10.1.1.20.51022 with an arrow or colon behind it. */
function isPort(doc: Doc, t: number): boolean {
  if (((1 << doc.shape[t]) & PORT_SHAPES) === 0) return false;
  const next = doc.text[doc.end[t]];
  return next === COLON || (next === 0x20 && doc.text[doc.end[t] + 1] === 0x3e);
}

function isProgram(doc: Doc, t: number): boolean {
  return (
    doc.lex[t] === 0 &&
    doc.shape[t] !== Shape.Redacted &&
    !isDigits(doc, t) &&
    doc.end[t] - doc.start[t] > 2 &&
    !ADDRESSED.has(doc.hash[t])
  );
}

function isOctet(doc: Doc, t: number): boolean {
  if (((1 << doc.shape[t]) & OCTET_SHAPES) === 0) return false;
  return (doc.text[doc.start[t]] !== 0x30 || doc.end[t] - doc.start[t] === 1) && numberAt(doc, t) < 256;
}

/** version 10.2.3.4, Chrome/120.0.6.1, package==1.2.3.4 */
function isVersion(doc: Doc, first: number): boolean {
  const { gap, text, start, hash } = doc;
  const before = first - 1;
  const sign = text[start[first] - 1];
  // <ip>203.0.113.60</ip>
  if (sign === 0x3e && isTag(text, start[first] - 1)) return false;
  if (gap[first] !== Gap.Line && NUMBERED.has(hash[before])) return true;
  if (
    gap[first] === Gap.Blank &&
    gap[before] !== Gap.Leaf &&
    gap[before] !== Gap.Line &&
    before > 0 &&
    NUMBERED.has(hash[before - 1]) &&
    !ADDRESSED.has(hash[before])
  )
    return true;
  if (gap[first] === Gap.Slash && text[start[first] - 2] > 0x20 && !ADDRESSED.has(hash[before]))
    return gap[before] !== Gap.Dot;
  if (sign === 0x3d || sign === 0x3e || sign === 0x3c) {
    const other = text[start[first] - 2];
    return other === 0x3d || other === 0x3e || other === 0x3c || other === 0x7e || other === 0x21 || sign !== 0x3d;
  }
  return sign === 0x7e || sign === 0x5e;
}

/** Whether the angle bracket at `close` closes a tag. */
function isTag(text: Uint16Array, close: number): boolean {
  const edge = Math.max(0, close - TAG_MAX);
  let i = close - 1;
  while (i > edge && text[i] !== 0x3c && text[i] !== 0x0a) i--;
  return text[i] === 0x3c && i < close - 1;
}

/** An IPv6 address around a colon at `colon`: back to where its groups begin, then forward. */
function groups(doc: Doc, at: number, colon: number, emit: Emit): void {
  const { text, length } = doc;
  let from = colon;
  const edge = Math.max(0, colon - V6_MAX);
  while (from > edge && (isHexUnit(text[from - 1]) || text[from - 1] === COLON)) from--;
  // "IP:2001:db8::1": a single colon in front belongs to the label.
  if (text[from] === COLON && text[from + 1] !== COLON) from++;
  if (from > 0 && (isWordUnit(text[from - 1]) || text[from - 1] === 0x5f || text[from - 1] === DOT)) {
    // "SrcAd:2001:…" is cut at the colon before the first group that has a word in front.
    for (; from < colon && isHexUnit(text[from]); from++) if (isDigitUnit(text[from])) return;
    if (text[from] !== COLON || text[from + 1] === COLON) return;
    from++;
  }
  const end = v6End(text, from, length);
  if (end < 0 || !isLikely(doc, at, from, end)) return;
  emit(from, end, V6);
}

/** Tells an address from a slice (`x[1::2]`), a name in code (`dead::beef`), a hash and a clock. */
function isLikely(doc: Doc, at: number, from: number, end: number): boolean {
  const { text } = doc;
  let digits = 0;
  let letters = 0;
  let groups = 0;
  let size = 0;
  let longest = 0;
  let pairs = 0;
  let dotted = false;
  for (let i = from; i <= end; i++) {
    const c = i < end ? text[i] : COLON;
    if (c === PERCENT) {
      i = end - 1;
      continue;
    }
    if (c === COLON || c === DOT) {
      if (c === DOT) dotted = true;
      if (size > 0) groups++;
      if (size === 2) pairs++;
      longest = Math.max(longest, size);
      size = 0;
      continue;
    }
    size++;
    if (isDigitUnit(c)) digits++;
    else letters++;
  }
  // A hardware address of eight pairs (EUI-64) or a piece of a fingerprint.
  if (groups === 8 && pairs === 8) return false;
  if (dotted) return true;
  // ::1 is every machine's own.
  if (groups === 1 && letters === 0 && longest < 3) return false;
  if (digits === 0) return saidBefore(doc, at, BACK, ADDRESSED);
  if (groups > 2 && (letters > 0 || longest > 2)) return true;
  return (groups === 2 && letters > 0 && longest > 2) || saidBefore(doc, at, BACK, ADDRESSED);
}
