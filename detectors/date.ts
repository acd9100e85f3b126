/**
 * (C) All elements of dates except the year, for dates that concern a person, and ages over 89. What a date looks like is
 * read by the kit; here it is decided whether it is somebody's. Dates of guidelines, laws, versions and lots are nobody's;
 * a bare year is not protected, unless it is a birth year that implies an age over 89.
 */
import { type Detector, type Doc, type Emit, Gap, type Rule, Shape, Tag } from './contract.js';
import { claimed } from './kit/code/claimed.js';
import { ageAt } from './kit/date/age.js';
import { isSpokenAge, spokenAge } from './kit/date/age-spoken.js';
import { monthOf } from './kit/date/calendar.js';
import { GLUED_MIN, gluedAt, isCompactAt, isCompactDate, isStamp } from './kit/date/compact-date.js';
import { isAnnounced } from './kit/date/context.js';
import { isBirthYear, isDayAlone } from './kit/date/day-alone.js';
import { dottedDay } from './kit/date/dotted-day.js';
import { foreignDateAt } from './kit/date/foreign-date.js';
import { isImpersonal, isProduct } from './kit/date/general.js';
import { isoWeek } from './kit/date/iso-week.js';
import { DATE_FIELDS, DATE_LABELS } from './kit/date/labels.js';
import { kindBefore } from './kit/date/month.js';
import { holidayEnd, isHolidayTold, namedDayStart } from './kit/date/named-day.js';
import { AGE, BIRTH, COMPACT, DEATH, FULL, MONTH, PARTIAL, VISIT } from './kit/date/rules.js';
import { isSomebodys } from './kit/date/sense.js';
import { isBirthdays, spokenDate, spokenPair } from './kit/date/spoken-date.js';
import { isSpokenDay } from './kit/date/spoken-day.js';
import { taggedDay } from './kit/date/tagged.js';
import { formDigits, isDigitsTo, isOurs, isTheirs, labelledValue, Value } from './kit/date/value.js';
import { done, Form, written } from './kit/date/written.js';
import { FIGURE_GAPS, figuresAt, PAIR_GAPS, PART_SHAPES } from './kit/date/written-figures.js';
import { extendToWeekday, wordedAt } from './kit/date/written-words.js';
import { headOfLabel } from './kit/nearby.js';
import { lengthOf } from './kit/read.js';
import { tagSure } from './kit/tagged.js';
import { Lex } from './lexicon/classes.js';

const SHORT_CONFIDENCE = 0.65;
const LOOSE_CONFIDENCE = 0.6;
const UNSURE_CONFIDENCE = 0.8;
const FOREIGN_CONFIDENCE = 0.95;
/** 103yof */
const AGE_UNITS_MAX = 6;
const ZERO = 0x30;
const ONE = 0x31;
const TWO = 0x32;
const NINE = 0x39;

/** Numbers of one digit are the most frequent by far: a date that begins with one is read from its second or third number. */
const NUMBERS = (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4);
const COMPACT_SHAPES = (1 << Shape.Digits8) | (1 << Shape.Digits12) | (1 << Shape.Digits14);
const MIXED = (1 << Shape.AlnumShort) | (1 << Shape.Alnum);

export const date: Detector<'date'> = {
  category: 'date',
  citation: '164.514(b)(2)(i)(C)',
  rules: [BIRTH, DEATH, VISIT, FULL, PARTIAL, MONTH, COMPACT, AGE],
  anchors: {
    shapes: NUMBERS | COMPACT_SHAPES | MIXED,
    forms: [{ shapes: 1 << Shape.Digits1, gaps: 1 << Gap.Slash }],
    classes: Lex.Month | Lex.NumberWord,
    tags: 1 << Tag.Date,
    labels: DATE_LABELS,
    fields: DATE_FIELDS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const shape = doc.shape[at];
    const bit = 1 << shape;
    if (doc.tags[at] === Tag.Date && taggedDay(doc, at) !== Form.None)
      emit(
        written.start,
        written.end,
        written.form === Form.Month ? MONTH : PARTIAL,
        tagSure(doc, written.first, written.last),
      );
    if (bit & NUMBERS) readNumber(doc, at, shape, emit);
    else if (bit & COMPACT_SHAPES) readCompact(doc, at, emit);
    else if (shape === Shape.Digits1) readBack(doc, at, emit);
    else {
      if (doc.label[at] !== 0) readLabelled(doc, at, emit);
      if (bit & MIXED) {
        const first = doc.text[doc.start[at]];
        if (first >= ZERO && first <= NINE) readMixed(doc, at, first, emit);
      } else if (doc.lex[at] & Lex.Month) readWorded(doc, at, emit);
      else if (doc.lex[at] & Lex.NumberWord) readSpoken(doc, at, emit);
    }
  },
};

/** Most numbers are no dates: what stands behind them, or their first digit, tells that at once. */
function readNumber(doc: Doc, at: number, shape: Shape, emit: Emit): void {
  const next = at + 1;
  const gap = doc.gap[next];
  if ((FIGURE_GAPS >>> doc.gap[at]) & 1) readBack(doc, at, emit);
  if ((FIGURE_GAPS >>> gap) & 1 && shape !== Shape.Digits3) {
    // A decimal, or two numbers with a dash: only a third makes them a date.
    if ((1 << gap) & PAIR_GAPS || doc.gap[next + 1] === gap) readFigures(doc, at, emit);
    if (gap === Gap.Dot) report(doc, dottedDay(doc, at), LOOSE_CONFIDENCE, emit);
    if (gap !== Gap.Hyphen) return;
    if (doc.shape[next] === Shape.AlnumShort) report(doc, isoWeek(doc, at), FULL.confidence, emit);
  }
  if (shape === Shape.Digits4) readYear(doc, at, emit);
  else if (doc.text[doc.start[at]] === (shape === Shape.Digits2 ? NINE : ONE)) readAge(doc, at, emit);
}

/** The date whose first number has one digit and stands before `at`: 3/14, 3/4, 7.7.1944. */
function readBack(doc: Doc, at: number, emit: Emit): void {
  const gap = doc.gap[at];
  let head = at - 1;
  if (head < 0 || doc.shape[head] !== Shape.Digits1 || doc.shape[at] === Shape.Digits3) return;
  if (gap === Gap.Dot) report(doc, dottedDay(doc, head), LOOSE_CONFIDENCE, emit);
  if (gap === Gap.Slash) {
    readFigures(doc, head, emit);
  } else if (doc.shape[at] !== Shape.Digits1) {
    if (head > 0 && doc.gap[head] === gap && doc.shape[head - 1] === Shape.Digits1) head--;
    if (gap === Gap.Hyphen || doc.gap[head + 2] === gap) readFigures(doc, head, emit);
  }
}

function readFigures(doc: Doc, at: number, emit: Emit): void {
  if (!((1 << doc.shape[at + 1]) & PART_SHAPES)) return;
  const labelled = isOurs(doc, at);
  const form = figuresAt(doc, at, labelled);
  if (form !== Form.None) decide(doc, form, labelled, emit);
}

function readWorded(doc: Doc, at: number, emit: Emit): void {
  if (monthOf(doc.hash[at] | 0) === 0) {
    readHoliday(doc, at, emit);
    report(doc, foreignDateAt(doc, at), FOREIGN_CONFIDENCE, emit);
    return;
  }
  const form = wordedAt(doc, at);
  if (form !== Form.None) decide(doc, form, isOurs(doc, written.first) || isOurs(doc, at), emit);
}

/** Reports the date in `written`, whose form no code has, unless it is nobody's. */
function report(doc: Doc, form: Form, confidence: number, emit: Emit): void {
  const { first, last } = written;
  if (form === Form.None || isTheirs(doc, first) || isImpersonal(doc, first, last)) return;
  emit(written.start, written.end, ruleOf(doc, form, first), confidence);
}

/** "admitted New Year's Eve", "Thanksgiving admission" */
function readHoliday(doc: Doc, at: number, emit: Emit): void {
  const last = holidayEnd(doc, at);
  if (last < 0) return;
  done(doc, Form.Month, at, last);
  written.year = 0;
  if (!isImpersonal(doc, at, last)) emit(written.start, written.end, MONTH);
}

/** Thanksgiving 2025, Summer 2021; born in 1931. */
function readYear(doc: Doc, at: number, emit: Emit): void {
  if (isBirthYear(doc, at)) {
    done(doc, Form.Odd, at, at);
    written.year = 0;
    if (!isImpersonal(doc, at, at)) emit(written.start, written.end, BIRTH, UNSURE_CONFIDENCE);
  }
  const first = namedDayStart(doc, at);
  if (first < 0) return;
  done(doc, Form.MonthYear, first, at);
  if (!isImpersonal(doc, first, at)) emit(written.start, written.end, PARTIAL, LOOSE_CONFIDENCE);
}

/** Reports the date in `written`, if it is one and concerns a person. */
function decide(doc: Doc, form: Form, labelled: boolean, emit: Emit): void {
  const { first } = written;
  if (!isSomebodys(doc, form, labelled)) return;
  extendToWeekday(doc);
  emit(written.start, written.end, ruleOf(doc, form, first), confidenceOf(form, labelled));
}

function ruleOf(doc: Doc, form: Form, first: number): Rule {
  const kind = isOurs(doc, first) ? doc.labels[doc.owner[first]].kind : kindBefore(doc, first);
  if (kind !== 'date') return ruleOfKind(kind);
  if (form === Form.Month) return MONTH;
  return form === Form.Full || form === Form.Short || form === Form.Odd ? FULL : PARTIAL;
}

const ruleOfKind = (kind: string): Rule => (kind === 'birth' ? BIRTH : kind === 'death' ? DEATH : VISIT);

function confidenceOf(form: Form, labelled: boolean): number {
  if (labelled) return 0.95;
  if (form === Form.Full) return FULL.confidence;
  if (form === Form.Short) return SHORT_CONFIDENCE;
  return form === Form.MonthYear ? PARTIAL.confidence : LOOSE_CONFIDENCE;
}

function readAge(doc: Doc, at: number, emit: Emit): void {
  const digits = ageAt(doc, at);
  if (digits > 0) emit(doc.start[at], doc.start[at] + digits, AGE);
}

function readSpoken(doc: Doc, at: number, emit: Emit): void {
  if (isSpokenAge(doc, at)) emit(doc.start[spokenAge.first], doc.end[spokenAge.last], AGE);
  if (!((doc.lex[at + 1] | doc.lex[at + 2]) & Lex.NumberWord)) return;
  const labelled = isOurs(doc, at);
  if (labelled && isSpokenDay(doc, at)) emit(claimed.start, claimed.end, ruleOf(doc, Form.Full, at), 0.9);
  if ((labelled || isAnnounced(doc, at, false) || isBirthdays(doc, at)) && spokenDate(doc, at) !== Form.None)
    emit(written.start, written.end, ruleOf(doc, Form.Full, at), labelled ? 0.9 : LOOSE_CONFIDENCE);
  else report(doc, spokenPair(doc, at), LOOSE_CONFIDENCE, emit);
}

/** A day in one run of digits, alone or with its time. */
function readCompact(doc: Doc, at: number, emit: Emit): void {
  const first = doc.text[doc.start[at]];
  if (first !== ONE && first !== TWO && doc.owner[at] === 0) return;
  if (isOurs(doc, at)) {
    if (isCompactAt(doc, at) || formDigits(doc, at)) emit(doc.start[at], doc.end[at], ruleOf(doc, Form.Full, at));
  } else if (isCompactAt(doc, at) && !isTheirs(doc, at) && isCompactDate(doc, at) && !isProduct(doc, at))
    emit(doc.start[at], doc.end[at], COMPACT);
}

/** 103yo, 03Nov2027, 14MAR24, 20240501T0447Z. */
function readMixed(doc: Doc, at: number, head: number, emit: Emit): void {
  const length = lengthOf(doc, at);
  if (length <= AGE_UNITS_MAX && (head === NINE || head === ONE)) readAge(doc, at, emit);
  if (length < GLUED_MIN) {
    if (isDayAlone(doc, at)) {
      done(doc, Form.Month, at, at);
      written.year = 0;
      if (!isImpersonal(doc, at, at)) emit(written.start, written.end, PARTIAL, LOOSE_CONFIDENCE);
    }
    return;
  }
  const ours = isOurs(doc, at);
  if (isStamp(doc, at)) {
    if (!isTheirs(doc, at)) emit(doc.start[at], doc.end[at], ours ? ruleOf(doc, Form.Full, at) : COMPACT);
    return;
  }
  const form = gluedAt(doc, at, ours);
  if (form === Form.None || (!ours && (isTheirs(doc, at) || isImpersonal(doc, at, at)))) return;
  emit(doc.start[at], doc.end[at], ruleOf(doc, form, at), form === Form.Full ? FULL.confidence : LOOSE_CONFIDENCE);
}

/** What a label claims and the token's own anchor does not see. */
function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const label = doc.labels[doc.label[at]];
  if (label.category !== 'date') return;
  if (label.kind === 'holiday') {
    const first = headOfLabel(doc, at);
    done(doc, Form.Month, first, at);
    written.year = 0;
    if (isHolidayTold(doc, first, at) && !isImpersonal(doc, first, at)) emit(written.start, written.end, MONTH);
    return;
  }
  const value = labelledValue(doc, at, label.kind);
  if (value === Value.None) return;
  const rule = value === Value.Age ? AGE : ruleOfKind(label.kind);
  emit(written.start, written.end, rule, value === Value.Unsure ? UNSURE_CONFIDENCE : undefined);
  if (value === Value.Date && isDigitsTo(doc)) emit(written.start, written.end, rule);
}
