/**
 * (P) Biometric identifiers, finger and voice prints among them. Text carries them as templates, hashes and record numbers,
 * which have no form of their own: a label says which body part or trait it is, and the value has to look made by a machine.
 */
import { Cue, type Detector, type Doc, type Emit, Gap, Shape } from './contract.js';
import { cryptEnd, decimalsEnd, dottedEnd, fileEnd, groupedEnd, rowsEnd } from './kit/biometric/forms.js';
import { ALGORITHMS, BEING, BIOMETRIC_LABELS, FILLERS, IDS, THINGS, TRAITS } from './kit/biometric/labels.js';
import { allelesEnd, firstFigure, longStart, memberEnd } from './kit/biometric/members.js';
import { CUED, FILE, HEADER, LABELLED, VECTOR } from './kit/biometric/rules.js';
import { isMade, isTemplateHeader, vectorEnd } from './kit/biometric/template-value.js';
import {
  behindTag,
  fileStart,
  isJoined,
  isLongNumber,
  isNumbered,
  isPosition,
  isPrefixed,
  isTraitNear,
  nameStart,
  schemeStart,
  valueEnd,
} from './kit/biometric/value.js';
import { answerBelow, cellsBelow } from './kit/code/column.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { claimed, codeAtToken, startsCode } from './kit/code/id-code.js';
import { opaqueEnd } from './kit/code/opaque.js';
import { hashOf } from './kit/hash.js';
import { codeBehind, continues, hasNumberSign, headOfCode, headOfLabel, isAnswered } from './kit/nearby.js';
import { base64End, isBase64Start } from './kit/photo/base64.js';
import { hasDigit, isDigits, labelAt, saidBefore } from './kit/read.js';
import { isBase64Unit } from './kit/units.js';

const HANGING_MAX = 128;
const STEPS_MAX = 10;
const STRANGE_MAX = 4;
const BACK = 6;
const LIST_MAX = 5;
/** A value of this many letters and digits is a hash, whatever words stand before it. */
const LONG_MIN = 20;
const FIELD_MIN = 16;
const FIELD_STEPS = 3;
const AND = hashOf('and');
const FD = hashOf('fd');
const LONG = (1 << Shape.AlnumLong) | (1 << Shape.DigitsLong);

export const biometric: Detector<'biometric'> = {
  category: 'biometric',
  citation: '164.514(b)(2)(i)(P)',
  rules: [LABELLED, VECTOR, FILE, HEADER, CUED],
  anchors: {
    cues: 1 << Cue.Biometric,
    shapes: LONG,
    labels: BIOMETRIC_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (isCued(doc, at, Cue.Biometric)) emit(claimed.start, claimed.end, CUED, cueConfidence());
    const from = doc.start[at];
    if (((1 << doc.shape[at]) & LONG) !== 0 && isTemplateHeader(doc.text, from) && isBase64Start(doc.text, from))
      emit(from, Math.max(doc.end[at], base64End(doc.text, from, doc.length)), HEADER);
    const label = doc.label[at] === 0 ? null : labelAt(doc, at);
    if (label === null || label.category !== 'biometric') return;
    const { kind } = label;
    if (kind === 'file') {
      const begin = fileStart(doc, at);
      if (begin >= 0) emit(begin, doc.end[at], FILE);
      return;
    }
    if (kind === 'locus') {
      const end = rowsEnd(doc, at);
      if (end > 0) emit(from, end, VECTOR);
      else if (allelesEnd(doc, at) > 0) emit(doc.start[doc.value[at]], allelesEnd(doc, at), VECTOR);
      return;
    }
    const member = kind === 'weak' ? -1 : memberEnd(doc, at);
    if (member > 0) {
      emit(doc.start[doc.value[at]], member, VECTOR);
      return;
    }
    if (kind === 'vector' || kind === 'weak') {
      const first = kind === 'weak' && !isTraitNear(doc, at) ? -1 : firstFigure(doc, at);
      const end =
        first < 0
          ? -1
          : Math.max(vectorEnd(doc.text, doc.start[first], doc.length), kind === 'weak' ? -1 : rowsEnd(doc, first));
      if (end > 0) {
        emit(doc.start[first], end, VECTOR);
        return;
      }
    }
    if (
      kind === 'weak'
        ? !isTraitNear(doc, at) && !isTemplateHeader(doc.text, doc.start[at + 1])
        : saidBefore(doc, headOfLabel(doc, at), 2, THINGS)
    )
      return;
    const field = kind === 'word';
    const trait = kind === 'trait' || kind === 'weak' || kind === 'system';
    const found = value(doc, at, field, trait, emit);
    cellsBelow(doc, at, (first) => made(doc, first, true, false, trait, emit));
    if (field) return;
    const below = answerBelow(doc, at);
    if (below >= 0) made(doc, below, true, false, trait, emit);
    if (!found && !isAnswered(doc, at, STEPS_MAX)) behind(doc, at, emit);
  },
};

/** The first token behind the label that looks made by a machine, with nothing but words for such things before it. */
function value(doc: Doc, at: number, field: boolean, trait: boolean, emit: Emit): boolean {
  const { gap, hash, start, end } = doc;
  let id = IDS.has(hash[at]);
  // Words that say nothing of the sort, such as a name: a value must then be introduced, or be long.
  let strange = 0;
  for (let t = behindTag(doc, at); t < doc.count && t - at <= STEPS_MAX; t++) {
    if (!continues(doc, t, at) && !(gap[t] === Gap.Line && IDS.has(hash[t - 1]))) return false;
    if (IDS.has(hash[t]) && !isJoined(doc, t)) {
      id = true;
      continue;
    }
    if (ALGORITHMS.has(hash[t]) && isDigits(doc, t + 1) && gap[t + 1] !== Gap.Leaf) {
      for (t++; gap[t + 1] === Gap.Hyphen && isDigits(doc, t + 1); ) t++;
      continue;
    }
    if ((FILLERS.has(hash[t]) && !isJoined(doc, t)) || isPosition(doc, t)) continue;
    id ||= hasNumberSign(doc, t);
    const sure =
      strange === 0 ||
      gap[t] === Gap.Colon ||
      gap[t] === Gap.Equals ||
      BEING.has(hash[t - 1]) ||
      end[t] - start[t] >= LONG_MIN ||
      decimalsEnd(doc, t) > 0 ||
      (strange <= 2 && isNumbered(doc, t));
    // Behind the bare name of a trait, only what is plainly an id or a hash.
    if (sure && (!field || isNumbered(doc, t) || end[t] - start[t] >= FIELD_MIN)) {
      const number = strange === 0 && !field && isLongNumber(doc, t);
      const to = made(doc, t, id || field || number, field && !isNumbered(doc, t), trait, emit);
      if (to > 0) {
        further(doc, t, to, id, trait, emit);
        return true;
      }
    }
    if (hasDigit(doc, t)) return false;
    if (++strange > STRANGE_MAX || (field && t - at >= FIELD_STEPS)) return false;
  }
  return false;
}

/** Further values of a list, written like the one before: "20391-OD and 20392-OS". */
function further(doc: Doc, from: number, stop: number, id: boolean, trait: boolean, emit: Emit): void {
  let to = stop;
  let t = from;
  let size = stop - doc.start[from];
  for (let count = 0; count < LIST_MAX; count++) {
    while (t < doc.count && doc.start[t] < to) t++;
    if (t >= doc.count || t - from > LIST_MAX * STEPS_MAX) return;
    const gap = doc.gap[t];
    if (gap === Gap.Blank && doc.hash[t] === AND) t++;
    else if (gap !== Gap.Comma && gap !== Gap.Ampersand && !(gap === Gap.Stop && TRAITS.has(doc.hash[t]))) return;
    if (TRAITS.has(doc.hash[t])) t++;
    if (
      t >= doc.count ||
      doc.gap[t] === Gap.Leaf ||
      doc.gap[t] === Gap.Line ||
      doc.owner[t] !== 0 ||
      !startsCode(doc, t, false)
    )
      return;
    const begin = doc.start[t];
    if (Math.abs(valueEnd(doc.text, begin, doc.length) - begin - size) > 2) return;
    to = made(doc, t, id, false, trait, emit);
    if (to < 0) return;
    size = to - begin;
  }
}

/** Values before their label: "FP-229384-R2 is the fingerprint number", "FT-22910, FT-22911 (template ids)". */
function behind(doc: Doc, at: number, emit: Emit): void {
  let head = headOfLabel(doc, at);
  const aside = doc.gap[head] === Gap.Open;
  let letters = -1;
  for (let count = 0; count < LIST_MAX; count++) {
    const last = codeBehind(doc, head, BACK, 'biometric');
    if (last < 0) return;
    if (
      count === 0 &&
      !(aside && last === head - 1) &&
      !BEING.has(doc.hash[last + 1]) &&
      doc.gap[last + 1] !== Gap.Equals
    )
      return;
    const first = headOfCode(doc, last);
    const claim = codeAtToken(doc, first);
    head = first;
    // "R2 FT-22910, L2 FT-22911": which finger stands between.
    if (count > 0 && (claim === null || claim.digits < 4)) continue;
    if (count === 0 && (claim === null || claim.last !== last || claim.digits < 4)) {
      const from = longStart(doc, last);
      if (from >= 0) emit(from, doc.end[last], LABELLED, 0.85);
      return;
    }
    if (claim === null || claim.last !== last || claim.digits < 4 || (letters >= 0 && claim.letters !== letters))
      return;
    if (claim.letters === 0 && !IDS.has(doc.hash[at])) return;
    emit(claim.start, claim.end, LABELLED, 0.9);
    letters = claim.letters;
  }
}

/** FD-258, FD-249: the cards that fingerprints are taken on. */
const isFormName = (doc: Doc, t: number): boolean =>
  doc.hash[t] === FD && doc.gap[t + 1] === Gap.Hyphen && doc.shape[t + 1] === Shape.Digits3;

/** Emits the value that begins at a token, if it is one, and returns its end; else -1. */
function made(doc: Doc, t: number, id: boolean, field: boolean, trait: boolean, emit: Emit): number {
  const { start, text } = doc;
  if (isFormName(doc, t)) return -1;
  // A value that hangs on to its label is an id; only behind a blank or sign of its own can a long template begin.
  const before = text[start[t] - 1];
  const hangs = isBase64Unit(before) && before !== 0x3d && before !== 0x2b && before !== 0x2f;
  const to = valueEnd(text, start[t], hangs ? Math.min(doc.length, start[t] + HANGING_MAX) : doc.length);
  const crypt = cryptEnd(doc, t);
  if (crypt > 0) {
    emit(start[t] - 1, crypt, LABELLED);
    return crypt;
  }
  const file = fileEnd(doc, t);
  if (file > 0) {
    emit(nameStart(doc, t), file, FILE);
    return file;
  }
  const grouped = field ? -1 : groupedEnd(doc, t);
  if (grouped > 0) {
    emit(start[t], grouped, LABELLED);
    return grouped;
  }
  if (!isMade(text, start[t], to, id, field, trait) && !isPrefixed(doc, t, to)) {
    const opaque = (id || !trait) && !field ? opaqueEnd(doc, t) : -1;
    if (opaque < 0) return -1;
    emit(start[t], doc.end[opaque], LABELLED, 0.8);
    return doc.end[opaque];
  }
  // The sign that base64 begins with is part of it.
  const dotted = dottedEnd(doc, t, to);
  const signed = (before === 0x2b || before === 0x2f) && to - start[t] >= LONG_MIN && !isBase64Unit(text[start[t] - 2]);
  emit(signed ? start[t] - 1 : Math.min(schemeStart(doc, t), nameStart(doc, t)), dotted, LABELLED);
  return dotted;
}
