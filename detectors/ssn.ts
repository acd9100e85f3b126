/**
 * (G) Social security numbers, whole, masked to the last four, or as an ITIN. The Social Security Administration gives
 * out no area 000, 666 or 9xx, no group 00 and no serial 0000, and nothing else is checkable since 2011; the form
 * 3-2-4 with dashes is telling enough by itself, and a labelled number is redacted whatever it looks like.
 */
import { Cue, type Detector, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { isUnitBehind } from './kit/amount.js';
import { claimOf, emitClaims } from './kit/code/claim.js';
import { cueAt } from './kit/code/cue.js';
import { isCued, isSpokenCue } from './kit/code/cued.js';
import { claimed, isFigures, Trust } from './kit/code/id-code.js';
import { segmentCue } from './kit/code/segment.js';
import { SSN_LABELS } from './kit/code/ssn-labels.js';
import { hashOf } from './kit/hash.js';
import { isDigits, labelAt, lengthOf, numberAt, ownerOf, saidBefore } from './kit/read.js';
import { words } from './kit/word-set.js';

const LABELLED: Rule = {
  name: 'ssn.label',
  kind: 'ssn',
  confidence: 0.98,
  about: 'A number after a social security label, whatever its checks say',
};
const LAST_FOUR: Rule = {
  name: 'ssn.last4',
  kind: 'last4',
  confidence: 0.95,
  about: 'The last four digits, said to be such',
};
const DASHED: Rule = {
  name: 'ssn.dashed',
  kind: 'ssn',
  confidence: 0.9,
  about: 'Three, two and four digits with dashes',
};
const SPACED: Rule = {
  name: 'ssn.spaced',
  kind: 'ssn',
  confidence: 0.65,
  about: 'Three, two and four digits with blanks, dots or loose dashes, and valid as a number',
};
const MASKED: Rule = {
  name: 'ssn.masked',
  kind: 'last4',
  confidence: 0.93,
  about: 'A masked number that shows its last four digits: XXX-XX-1234',
};

const SAID = words('ssn ss soc social socsec itin ssi');
const SAID_REACH = 4;
const SS = hashOf('ss');
const XXX = hashOf('xxx');
const XX = hashOf('xx');
const HYPHEN = 0x2d;
const WHOLE_UNITS = 9;
/** How far the answer to a question for the last four digits may be. */
const ANSWER_REACH = 6;
/** What may stand between the parts of a labelled number, */
const SPREAD =
  (1 << Gap.Hyphen) |
  (1 << Gap.Dash) |
  (1 << Gap.Blank) |
  (1 << Gap.Dot) |
  (1 << Gap.Slash) |
  (1 << Gap.Underscore) |
  (1 << Gap.Other);
/** … and of one without a label. */
const BETWEEN = (1 << Gap.Hyphen) | (1 << Gap.Dash) | (1 << Gap.Blank) | (1 << Gap.Dot);

export const ssn: Detector<'ssn'> = {
  category: 'ssn',
  citation: '164.514(b)(2)(i)(G)',
  rules: [LABELLED, LAST_FOUR, DASHED, SPACED, MASKED],
  anchors: {
    shapes: (1 << Shape.Digits4) | (1 << Shape.Digits9),
    cues: 1 << Cue.Ssn,
    ...SSN_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const label = labelAt(doc, at);
    if (label !== null) {
      if (label.category === 'ssn') readLabelled(doc, at, label.kind, emit);
    } else if (doc.shape[at] === Shape.Digits4) readForm(doc, at, emit);
    else if (doc.shape[at] === Shape.Digits9) readNine(doc, at, emit);
    else if (isSpokenCue(doc, at, Cue.Ssn)) emit(claimed.start, claimed.end, LABELLED, 0.9);
  },
};

function readLabelled(doc: Doc, at: number, kind: string, emit: Emit): void {
  if (kind === 'ssn') {
    const first = doc.value[at];
    if (first > 0 && isSpread(doc, first)) emit(doc.start[first], doc.end[first + 2], LABELLED);
    else emitClaims(doc, at, Trust.Label, LABELLED, emit);
    return;
  }
  if (kind === 'word') {
    readWord(doc, at, emit);
    return;
  }
  const claim = claimOf(doc, at, Trust.Label);
  if (claim !== null && claim.digits >= 4) emit(claim.start, claim.end, LAST_FOUR);
  else {
    // "Last four of his social are 4471", "… of your social? – Sure, 4471": more than a claim of running text may be.
    for (let t = at + 1; t < doc.count && t - at <= ANSWER_REACH; t++) {
      if (doc.gap[t] === Gap.Leaf || doc.shape[t] === Shape.Redacted) return;
      if (doc.shape[t] !== Shape.Digits4) continue;
      emit(doc.start[t], doc.end[t], LAST_FOUR, 0.85);
      return;
    }
  }
}

/** "Social: 123456789", but not what "Social: lives alone" says. */
function readWord(doc: Doc, at: number, emit: Emit): void {
  const first = doc.value[at];
  if (first > 0 && isSpread(doc, first)) emit(doc.start[first], doc.end[first + 2], LABELLED);
  else {
    const claim = claimOf(doc, at, Trust.Word);
    if (claim?.direct && claim.digits + claim.letters === WHOLE_UNITS && claim.digits >= WHOLE_UNITS - 2)
      emit(claim.start, claim.end, LABELLED);
  }
}

/** 123-45- 6789, 123--45--6789: whatever signs a scanner or a hasty hand put between. */
function isSpread(doc: Doc, first: number): boolean {
  return (
    first + 2 < doc.count &&
    lengthOf(doc, first) === 3 &&
    lengthOf(doc, first + 1) === 2 &&
    lengthOf(doc, first + 2) === 4 &&
    isFigures(doc, first) &&
    isFigures(doc, first + 1) &&
    isFigures(doc, first + 2) &&
    ((1 << doc.gap[first + 1]) & SPREAD) !== 0 &&
    ((1 << doc.gap[first + 2]) & SPREAD) !== 0
  );
}

/** The token holds the serial of 123-45-6789, 123 45 6789 or XXX-XX-6789. */
function readForm(doc: Doc, at: number, emit: Emit): void {
  const gap = doc.gap[at];
  if (gap === Gap.Other || gap === Gap.Leaf || gap === Gap.Line) {
    const from = maskStart(doc, at);
    if (from >= 0) emit(from, doc.end[at], MASKED);
    if (from >= 0 || gap !== Gap.Other) return;
  }
  if (isCued(doc, at, Cue.Ssn) && cueAt(doc, at) === Cue.Ssn && claimed.digits === 4)
    emit(claimed.start, claimed.end, LAST_FOUR, 0.85);
  if (at < 2 || ((1 << gap) & BETWEEN) === 0 || doc.gap[at - 1] !== gap) return;
  if (doc.hash[at - 1] === XX && doc.hash[at - 2] === XXX) {
    emit(doc.start[at - 2], doc.end[at], MASKED);
    return;
  }
  if (doc.shape[at - 1] !== Shape.Digits2 || doc.shape[at - 2] !== Shape.Digits3) return;
  if (isTied(doc, at - 2) || isTied(doc, at + 1)) return;
  const owner = ownerOf(doc, at - 2);
  if (owner !== null && owner.category === null && owner.kind !== 'none') return;
  if (isUnitBehind(doc, at)) return;
  // The tax id of a person is this number; an employer's is written 12-3456789.
  if (gap === Gap.Hyphen)
    emit(doc.start[at - 2], doc.end[at], DASHED, owner?.category === 'other-id' ? 0.97 : undefined);
  else if (isIssued(doc, at) && (gap !== Gap.Blank || standsAlone(doc, at)))
    emit(doc.start[at - 2], doc.end[at], SPACED);
}

/** Nine digits in a row tell nothing, unless the words before do: "her social is 123456789", "SS# 123456789". */
function readNine(doc: Doc, at: number, emit: Emit): void {
  if (
    at > 0 &&
    (doc.gap[at] === Gap.Pipe || doc.gap[at] === Gap.Other || doc.gap[at] === Gap.Quote) &&
    segmentCue(doc, at) === Cue.Ssn
  )
    emit(doc.start[at], doc.end[at], LABELLED, 0.92);
  if (at === 0 || doc.gap[at] === Gap.Leaf || isTied(doc, at) || isTied(doc, at + 1)) return;
  const owner = ownerOf(doc, at);
  if (owner !== null) return;
  if ((doc.hash[at - 1] === SS && doc.gap[at] !== Gap.Blank) || saidBefore(doc, at, SAID_REACH, SAID))
    emit(doc.start[at], doc.end[at], LABELLED, 0.92);
}

/** Whether a sign ties the token to the one before it, so that both are one longer code. */
function isTied(doc: Doc, at: number): boolean {
  if (at >= doc.count) return false;
  const gap = doc.gap[at];
  if (gap === Gap.Hyphen || gap === Gap.Dot || gap === Gap.Slash || gap === Gap.Underscore)
    return isDigits(doc, at) || gap !== Gap.Hyphen;
  return gap === Gap.None;
}

/** With blanks between, a neighbouring number means that this is a row of numbers. */
function standsAlone(doc: Doc, at: number): boolean {
  if (doc.start[at] - doc.end[at - 1] !== 1 || doc.start[at - 1] - doc.end[at - 2] !== 1) return false;
  if (at >= 3 && doc.gap[at - 2] === Gap.Blank && isDigits(doc, at - 3)) return false;
  if (doc.gap[at + 1] === Gap.Blank && at + 1 < doc.count && isDigits(doc, at + 1)) return false;
  const serial = numberAt(doc, at);
  return serial < 1900 || serial > 2099 || saidBefore(doc, at - 2, SAID_REACH, SAID);
}

function isIssued(doc: Doc, at: number): boolean {
  const area = numberAt(doc, at - 2);
  const group = numberAt(doc, at - 1);
  if (group === 0 || numberAt(doc, at) === 0 || area === 0 || area === 666) return false;
  // From 900 on they are ITINs, which have certain groups.
  return (
    area < 900 ||
    (group >= 50 && group !== 66 && group !== 67 && group !== 68 && group !== 69 && group !== 89 && group !== 93)
  );
}

/** ***-**-1234, •••-••-1234, ###-##-1234: where the mask before the token begins, or -1. */
function maskStart(doc: Doc, at: number): number {
  const from = doc.start[at] - 7;
  if (from < 0 || (at > 0 && doc.end[at - 1] > from) || lengthOf(doc, at) !== 4) return -1;
  const { text } = doc;
  if (text[from + 3] !== HYPHEN || text[from + 6] !== HYPHEN) return -1;
  const sign = text[from];
  if (sign <= 0x20 || sign === HYPHEN || text[from + 1] !== sign || text[from + 2] !== sign) return -1;
  return text[from + 4] === sign && text[from + 5] === sign ? from : -1;
}
