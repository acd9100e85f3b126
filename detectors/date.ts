/**
 * (C) All elements of dates except the year, for dates that concern a person, and ages over 89. What a date looks like is
 * read by the kit; here it is decided whether it is somebody's. Dates of guidelines, laws, versions and lots are nobody's;
 * a bare year is not protected, unless it is a birth year that implies an age over 89.
 */
import { type Detector, DIGITS, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { ageAt, ageDigits, labelledAge, spokenAge } from './kit/age.js';
import { figures, isCompactDay, isCompactTime, isDay, isDayEitherWay, shortMonthAt } from './kit/calendar.js';
import {
  isAnnounced,
  isDayContext,
  isGeneral,
  isLogStamp,
  isMeasured,
  isMonthContext,
  isProduct,
  isStudy,
  isUnit,
  kindBefore,
} from './kit/date-context.js';
import { DATE_FIELDS, DATE_LABELS } from './kit/date-labels.js';
import { isRange } from './kit/date-range.js';
import { isMisreadDay } from './kit/misread.js';
import { isWord, lengthOf, numberAt, ownerOf } from './kit/read.js';
import { WordTable } from './kit/words.js';
import { extendToWeekday, Form, figuresAt, wordedAt, written } from './kit/written-date.js';
import { Lex } from './lexicon/classes.js';

const BIRTH: Rule = {
  name: 'date.birth',
  kind: 'birth',
  confidence: 0.95,
  about: 'A date of birth, by its label or the word born',
};
const DEATH: Rule = { name: 'date.death', kind: 'death', confidence: 0.95, about: 'A date of death' };
const VISIT: Rule = {
  name: 'date.visit',
  kind: 'visit',
  confidence: 0.95,
  about: 'A date after a label: admission, service, collection',
};
const FULL: Rule = { name: 'date.full', kind: 'date', confidence: 0.85, about: 'Day, month and year in any form' };
const PARTIAL: Rule = {
  name: 'date.partial',
  kind: 'partial',
  confidence: 0.7,
  about: 'Month and year, or month and day',
};
const MONTH: Rule = {
  name: 'date.month',
  kind: 'partial',
  confidence: 0.6,
  about: 'A month alone that tells when: since March',
};
const COMPACT: Rule = {
  name: 'date.compact',
  kind: 'date',
  confidence: 0.75,
  about: 'A day in one run of digits: 19600102',
};
const AGE: Rule = { name: 'date.age', kind: 'age', confidence: 0.9, about: 'An age over 89' };

const SHORT_CONFIDENCE = 0.65;
const LOOSE_CONFIDENCE = 0.6;
const MISREAD_CONFIDENCE = 0.8;
const AGE_MAX = 89;
/** 103yof */
const AGE_UNITS_MAX = 6;
const PIPE = 0x7c;
const CARET = 0x5e;
const ANY_MIXED = (1 << Shape.AlnumShort) | (1 << Shape.Alnum);

const FORMAT = new WordTable([
  [1, 'mm dd yyyy yy m d y mmddyyyy ddmmyyyy yyyymmdd mmm month day year format us local'],
]);

export const date: Detector<'date'> = {
  category: 'date',
  citation: '164.514(b)(2)(i)(C)',
  rules: [BIRTH, DEATH, VISIT, FULL, PARTIAL, MONTH, COMPACT, AGE],
  anchors: {
    shapes:
      (1 << Shape.Digits1) |
      (1 << Shape.Digits2) |
      (1 << Shape.Digits3) |
      (1 << Shape.Digits4) |
      (1 << Shape.Digits8) |
      (1 << Shape.Digits12) |
      (1 << Shape.Digits14) |
      ANY_MIXED,
    classes: Lex.Month | Lex.NumberWord,
    labels: DATE_LABELS,
    fields: DATE_FIELDS,
  },

  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0 && doc.labels[doc.label[at]].category === 'date') readLabelled(doc, at, emit);
    const shape = doc.shape[at];
    if (shape <= Shape.Uncased) {
      const classes = doc.lex[at];
      if (classes & Lex.Month) readWorded(doc, at, emit);
      else if (classes & Lex.NumberWord) readSpokenAge(doc, at, emit);
      return;
    }
    if (shape <= Shape.Digits4) {
      const first = doc.text[doc.start[at]];
      if ((first === 0x39 || first === 0x31) && shape !== Shape.Digits1 && shape !== Shape.Digits4)
        readAge(doc, at, emit);
      if (shape !== Shape.Digits3) readFigures(doc, at, doc.owner[at] !== 0, emit);
    } else if (shape === Shape.Digits8 || shape === Shape.Digits12 || shape === Shape.Digits14)
      readCompact(doc, at, emit);
    else if ((1 << shape) & ANY_MIXED) {
      const first = doc.text[doc.start[at]];
      if (first < 0x30 || first > 0x39) return;
      if (shape === Shape.AlnumShort || lengthOf(doc, at) <= AGE_UNITS_MAX) readAge(doc, at, emit);
      readGlued(doc, at, emit);
    }
  },
};

const isOurs = (doc: Doc, at: number): boolean => doc.owner[at] !== 0 && doc.labels[doc.owner[at]].category === 'date';

/** Another category's label claims the value that begins here. */
const isTheirs = (doc: Doc, at: number): boolean => {
  const owner = ownerOf(doc, at);
  return owner !== null && owner.category !== 'date' && owner.category !== 'name' && owner.category !== 'geography';
};

function readFigures(doc: Doc, at: number, owned: boolean, emit: Emit): void {
  const labelled = owned && isOurs(doc, at);
  const form = figuresAt(doc, at, labelled);
  if (form === Form.None) {
    if (labelled) readBirthYear(doc, at, emit);
    return;
  }
  decide(doc, form, labelled, emit);
}

function readWorded(doc: Doc, at: number, emit: Emit): void {
  const form = wordedAt(doc, at);
  if (form !== Form.None) decide(doc, form, isOurs(doc, written.first) || isOurs(doc, at), emit);
}

/** Reports the date in `written`, if it is one and concerns a person. */
function decide(doc: Doc, form: Form, labelled: boolean, emit: Emit): void {
  const { first, last } = written;
  if (!labelled) {
    if (form === Form.Odd || (form !== Form.Full && isTheirs(doc, first))) return;
    if (
      form === Form.Full &&
      isUnit(doc, last) &&
      doc.gap[last + 1] === Gap.Blank &&
      lengthOf(doc, last) <= 2 &&
      doc.gap[last] === Gap.Slash
    )
      return;
    if (form === Form.Short && doc.gap[last] === Gap.Dot && !isAnnounced(doc, first, true)) return;
    if (form === Form.Short && doc.gap[first] === Gap.Hyphen) return;
    if (form === Form.MonthYearLoose && !isAnnounced(doc, first, true)) return;
    if ((form === Form.MonthYear || form === Form.MonthYearLoose) && (isUnit(doc, last) || isStudy(doc, first, last)))
      return;
    if (form === Form.MonthDayLoose && !isDayContext(doc, first, last) && !isRange(doc, first, last)) return;
    if (form === Form.MonthDay && isWordless(doc, last) && (isUnit(doc, last) || doc.gap[first] === Gap.Slash)) return;
    if (form === Form.Month && !isMonthContext(doc, first)) return;
    if (isGeneral(doc, first, last) || isProduct(doc, first) || isLogStamp(doc, first, last)) return;
  } else if (isProduct(doc, first)) return;
  else if (form === Form.MonthDayLoose && isMeasured(doc, last)) return;
  else if (form === Form.Month && lengthOf(doc, first) < 4 && !isMonthContext(doc, first)) return;
  extendToWeekday(doc);
  emit(written.start, written.end, ruleOf(doc, form, first), confidenceOf(form, labelled));
}

const isWordless = (doc: Doc, last: number): boolean => !isWord(doc, last) && !isWord(doc, last - 1);

function ruleOf(doc: Doc, form: Form, first: number): Rule {
  const owner = isOurs(doc, first) ? doc.labels[doc.owner[first]].kind : kindBefore(doc, first);
  if (owner === 'birth') return BIRTH;
  if (owner === 'death') return DEATH;
  if (owner === 'visit') return VISIT;
  if (form === Form.Month) return MONTH;
  return form === Form.Full || form === Form.Short || form === Form.Odd ? FULL : PARTIAL;
}

function confidenceOf(form: Form, labelled: boolean): number | undefined {
  if (labelled) return 0.95;
  if (form === Form.Full) return FULL.confidence;
  if (form === Form.Short) return SHORT_CONFIDENCE;
  if (form === Form.MonthYear) return PARTIAL.confidence;
  return LOOSE_CONFIDENCE;
}

function readAge(doc: Doc, at: number, emit: Emit): void {
  const digits = ageAt(doc, at);
  if (digits > 0) emit(doc.start[at], doc.start[at] + digits, AGE);
}

function readSpokenAge(doc: Doc, at: number, emit: Emit): void {
  const last = spokenAge(doc, at);
  if (last >= 0) emit(doc.start[at], doc.end[last], AGE);
}

/** A day in one run of digits, alone or with its time: HL7 v2, DICOM, logs and file names. */
function readCompact(doc: Doc, at: number, emit: Emit): void {
  const start = doc.start[at];
  const { text } = doc;
  const labelled = isOurs(doc, at);
  const yearFirst = isCompactDay(text, start);
  if (!yearFirst) {
    if (labelled && doc.shape[at] === Shape.Digits8) readFormDigits(doc, at, emit);
    return;
  }
  if (!isCompactTime(text, start + 8, doc.end[at])) return;
  if (!labelled) {
    const year = figures(text, start, start + 4);
    if (isTheirs(doc, at) || year < 1900 || year > doc.year + 5) return;
    const delimiter = start > 0 ? text[start - 1] : 0;
    const after = text[doc.end[at]];
    const field = delimiter === PIPE || (delimiter === CARET && (after === CARET || after === PIPE));
    const alone = doc.gap[at] === Gap.Leaf && doc.gap[at + 1] === Gap.Leaf;
    const named = doc.gap[at] === Gap.Underscore;
    if (!field && !alone && !named && doc.shape[at] !== Shape.Digits14 && !isAnnounced(doc, at, false)) return;
    if (isProduct(doc, at)) return;
  }
  written.first = at;
  emit(start, doc.end[at], labelled ? ruleOf(doc, Form.Full, at) : COMPACT);
}

/** Digits that only a label makes a date: MMDDYYYY, DDMMYYYY, MMDDYY. */
function readFormDigits(doc: Doc, at: number, emit: Emit): void {
  const length = lengthOf(doc, at);
  if (length !== 6 && length !== 8) return;
  const start = doc.start[at];
  const { text } = doc;
  const a = figures(text, start, start + 2);
  const b = figures(text, start + 2, start + 4);
  const year = length === 8 ? figures(text, start + 4, start + 8) : 0;
  if (length === 8 && (year < 1850 || year > 2150)) return;
  if (isDayEitherWay(year, a, b) || (length === 6 && isDayEitherWay(0, b, figures(text, start + 4, start + 6))))
    emit(start, doc.end[at], ruleOf(doc, Form.Full, at));
}

/** 03Nov2027, 14MAR24, 20240501T0447Z. */
function readGlued(doc: Doc, at: number, emit: Emit): void {
  const start = doc.start[at];
  const length = lengthOf(doc, at);
  const { text } = doc;
  if (length >= 9 && (text[start + 8] | 0x20) === 0x74) {
    for (let i = 0; i < 8; i++) if (text[start + i] < 0x30 || text[start + i] > 0x39) return;
    if (isCompactDay(text, start) && !isTheirs(doc, at))
      emit(start, doc.end[at], isOurs(doc, at) ? ruleOf(doc, Form.Full, at) : COMPACT);
    return;
  }
  const digits = text[start + 1] >= 0x30 && text[start + 1] <= 0x39 ? 2 : 1;
  const month = shortMonthAt(text, start + digits);
  if (month === 0) return;
  let from = start + digits + 3;
  if (month === 9 && (text[from] | 0x20) === 0x74) from++;
  const years = doc.end[at] - from;
  if (years !== 2 && years !== 4) return;
  for (let i = from; i < doc.end[at]; i++) if (text[i] < 0x30 || text[i] > 0x39) return;
  const year = years === 4 ? figures(text, from, from + 4) : 0;
  if (!isDay(year, month, figures(text, start, start + digits)) || (years === 4 && (year < 1850 || year > 2150)))
    return;
  // 12dec45 is hexadecimal as well; people write months in capitals here.
  const strong = isOurs(doc, at) || years === 4 || (text[start + digits] & 0x20) === 0;
  if (!strong || isTheirs(doc, at) || (!isOurs(doc, at) && (isGeneral(doc, at, at) || isProduct(doc, at)))) return;
  written.first = at;
  emit(start, doc.end[at], ruleOf(doc, Form.Full, at), years === 4 ? FULL.confidence : LOOSE_CONFIDENCE);
}

/** What a label claims and the token's own anchor does not see: values behind a format hint, ages, digits without signs. */
function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const label = doc.labels[doc.label[at]];
  let value = doc.value[at];
  if (label.kind === 'age') {
    const t = labelledAge(doc, at, value);
    if (t >= 0) emit(doc.start[t], doc.start[t] + ageDigits(doc, t), AGE);
    return;
  }
  if (value < 0) return;
  const from = value;
  while (value < doc.count && value - from < 4 && FORMAT.get(doc.hash[value]) !== 0) value++;
  if (value >= doc.count || doc.shape[value] === Shape.Redacted || (value > from && doc.gap[value] === Gap.Leaf))
    return;
  const rule = label.kind === 'birth' ? BIRTH : label.kind === 'death' ? DEATH : VISIT;
  if (doc.shape[value] === Shape.Digits6 || (value > from && doc.shape[value] === Shape.Digits8)) {
    readFormDigits(doc, value, (start, end) => emit(start, end, rule));
  } else if (isMisreadDay(doc, value)) {
    emit(doc.start[value], doc.end[value + 2], rule, MISREAD_CONFIDENCE);
  } else if (value > from && (1 << doc.shape[value]) & DIGITS) {
    if (figuresAt(doc, value, true) !== Form.None) emit(written.start, written.end, rule);
  }
}

/** A bare year of birth is protected when it implies an age over 89. */
function readBirthYear(doc: Doc, at: number, emit: Emit): void {
  if (doc.shape[at] !== Shape.Digits4 || doc.labels[doc.owner[at]].kind !== 'birth') return;
  const year = numberAt(doc, at);
  if (year >= 1850 && doc.year - year > AGE_MAX) emit(doc.start[at], doc.end[at], BIRTH, 0.8);
}
