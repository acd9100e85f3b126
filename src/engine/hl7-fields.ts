/**
 * What the fields of HL7 version 2 segments say, by the standard's tables, and what they say where a message that was
 * written by hand is a field off: then the form of the values around tells.
 */

import { splitWords } from './layout.js';

const PERSON = 'patient name';
const PROVIDER = 'provider name';
const RELATIVE = 'contact name';
const ADDRESS = 'home address';
const PHONE = 'phone';
const WHEN = 'service date';
const SOCIAL = 'social security number';

/** Segment and field number to the words for it. Fields of type CX are labelled by their own type code instead. */
const FIELDS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  EVN: { 2: WHEN, 3: WHEN, 5: PROVIDER, 6: WHEN },
  PID: {
    2: 'medical record number',
    3: 'medical record number',
    4: 'medical record number',
    5: PERSON,
    6: 'maiden name',
    7: 'date of birth',
    9: 'alias name',
    11: ADDRESS,
    12: 'county',
    13: PHONE,
    14: PHONE,
    18: 'account number',
    19: SOCIAL,
    20: "driver's license number",
    21: 'medical record number',
    23: 'birth place',
    29: 'date of death',
  },
  NK1: { 2: RELATIVE, 4: ADDRESS, 5: PHONE, 6: PHONE, 16: 'date of birth', 30: RELATIVE, 31: PHONE, 32: ADDRESS },
  PV1: {
    7: PROVIDER,
    8: PROVIDER,
    9: PROVIDER,
    17: PROVIDER,
    18: 'visit number',
    19: 'visit number',
    50: 'visit number',
    44: 'admission date',
    45: 'discharge date',
    52: PROVIDER,
  },
  PV2: { 8: 'admission date', 9: 'discharge date', 13: PROVIDER },
  GT1: {
    2: 'guarantor number',
    3: 'guarantor name',
    5: ADDRESS,
    6: PHONE,
    7: PHONE,
    8: 'date of birth',
    12: SOCIAL,
    19: 'employee id',
  },
  IN1: {
    2: 'plan id',
    8: 'group number',
    12: WHEN,
    13: WHEN,
    16: 'insured name',
    18: 'date of birth',
    19: ADDRESS,
    36: 'policy number',
    49: 'member id',
  },
  IN2: { 1: 'employee id', 2: SOCIAL, 6: 'Medicare number', 8: 'Medicaid number', 61: 'member id' },
  ORC: { 2: 'order number', 3: 'order number', 9: WHEN, 10: PROVIDER, 12: PROVIDER, 15: WHEN },
  OBR: {
    2: 'order number',
    3: 'accession number',
    7: WHEN,
    8: WHEN,
    14: WHEN,
    16: PROVIDER,
    20: 'accession number',
    22: WHEN,
    28: PROVIDER,
    32: PROVIDER,
  },
  OBX: { 14: WHEN, 16: PROVIDER, 18: 'device id', 19: WHEN },
  DG1: { 5: WHEN, 16: PROVIDER },
  AL1: { 6: WHEN },
  SCH: { 1: 'appointment id', 2: 'appointment id', 11: 'appointment date', 12: PROVIDER, 16: PROVIDER, 20: PROVIDER },
  AIP: { 3: PROVIDER, 6: 'appointment date' },
  TXA: { 4: WHEN, 5: PROVIDER, 6: WHEN, 9: PROVIDER, 12: 'document number' },
  ROL: { 4: PROVIDER, 11: ADDRESS, 12: PHONE },
  FT1: { 2: 'account number', 4: WHEN, 20: PROVIDER, 21: PROVIDER },
  ACC: { 1: WHEN },
  PD1: { 4: PROVIDER },
  MRG: { 1: 'medical record number', 3: 'account number', 7: PERSON },
  RXE: { 13: PROVIDER, 15: 'prescription number' },
  SPM: { 2: 'accession number', 17: WHEN, 18: WHEN },
  STF: { 1: 'employee id', 2: 'employee id', 3: PROVIDER, 6: 'date of birth', 10: PHONE, 11: ADDRESS },
  PRA: { 1: 'provider identifier', 6: 'license number' },
  PRD: { 2: PROVIDER, 3: ADDRESS, 5: PHONE, 7: 'provider identifier' },
  AUT: { 4: 'authorization number' },
  CTD: { 2: RELATIVE, 3: ADDRESS, 5: PHONE },
};

/** The names of segments that hold identifiers. */
export const SEGMENTS: readonly string[] = Object.keys(FIELDS);

/** Fields among which values stray, and what a code that strays there is. */
const MISCOUNTED: Readonly<Record<string, { from: number; to: number; words?: string }>> = {
  PID: { from: 17, to: 21 },
  GT1: { from: 9, to: 13 },
  IN1: { from: 32, to: 53, words: 'member id' },
  FT1: { from: 19, to: 30, words: 'account number' },
};
const ACCOUNT_FIELD = 18;
const SOCIAL_FIELD = 19;

const CARET = 0x5e;
const HYPHEN = 0x2d;
/** A field with as many digits is hardly anything but an identifier. */
const CODE_DIGITS_MIN = 5;
const SOCIAL_DIGITS = 9;
const NAME_UNITS_MAX = 40;

/** One segment: where each of its fields begins, and one more for the end of the last. */
export interface Fields {
  readonly name: string;
  readonly units: Uint16Array;
  readonly starts: readonly number[];
}

/** The words for a field, or undefined where it has none. */
export function wordsFor(fields: Fields, field: number): string | undefined {
  const { name } = fields;
  if (name === 'OBX' && field === 5) return observed(fields);
  const standard = FIELDS[name]?.[field];
  const range = MISCOUNTED[name];
  if (range === undefined || field < range.from || field > range.to) return standard;
  if (name === 'GT1') return isSocial(fields, field) ? SOCIAL : standard;
  if (name === 'PID') return isStraySocial(fields, field) ? SOCIAL : FIELDS.PID[field - shiftOf(fields)];
  if (standard === undefined && isDashed(fields, field)) return SOCIAL;
  return standard ?? (digitsOf(fields, field) >= CODE_DIGITS_MIN && !isDay(fields, field) ? range.words : undefined);
}

/** How far the account and what follows are from where PID has them. */
function shiftOf(fields: Fields): number {
  for (let field = ACCOUNT_FIELD - 1; field <= SOCIAL_FIELD; field++)
    if (digitsOf(fields, field) >= CODE_DIGITS_MIN)
      return field === SOCIAL_FIELD && isSocial(fields, field) ? 0 : field - ACCOUNT_FIELD;
  return 0;
}

/** 123-45-6789 wherever it is, and nine digits where only the number's own field is left empty before them. */
function isStraySocial(fields: Fields, field: number): boolean {
  if (isDashed(fields, field)) return true;
  const { starts } = fields;
  const empty = starts[SOCIAL_FIELD + 1] - starts[SOCIAL_FIELD] === 1;
  return field === SOCIAL_FIELD + 1 && empty && isSocial(fields, field);
}

/** What OBX-3 calls the observation: its second component, or else the first. */
function observed({ units, starts }: Fields): string | undefined {
  const last = starts[4] - 1;
  let from = starts[3];
  let to = from;
  while (to < last && units[to] !== CARET) to++;
  if (to < last) {
    from = to + 1;
    to = from;
    while (to < last && units[to] !== CARET) to++;
  }
  if (to <= from) return undefined;
  return splitWords(String.fromCharCode(...units.subarray(from, Math.min(to, from + NAME_UNITS_MAX))));
}

/** Digits of a field whose first component is one code of letters, digits and hyphens; else 0. */
function digitsOf({ units, starts }: Fields, field: number): number {
  const end = starts[field + 1] - 1;
  let digits = 0;
  for (let i = starts[field]; i < end && units[i] !== CARET; i++) {
    const unit = units[i];
    const letter = unit | 0x20;
    if (unit >= 0x30 && unit <= 0x39) digits++;
    else if (unit !== HYPHEN && (letter < 0x61 || letter > 0x7a)) return 0;
  }
  return digits;
}

/** Nine digits, bare or as 123-45-6789. */
function isSocial(fields: Fields, field: number): boolean {
  const length = fields.starts[field + 1] - 1 - fields.starts[field];
  return isDashed(fields, field) || (length === SOCIAL_DIGITS && digitsOf(fields, field) === SOCIAL_DIGITS);
}

function isDashed(fields: Fields, field: number): boolean {
  const { units, starts } = fields;
  const from = starts[field];
  const length = starts[field + 1] - 1 - from;
  if (length !== SOCIAL_DIGITS + 2 || units[from + 3] !== HYPHEN || units[from + 6] !== HYPHEN) return false;
  return digitsOf(fields, field) === SOCIAL_DIGITS;
}

/** 20240131 or 20240131083000. */
function isDay({ units, starts }: Fields, field: number): boolean {
  const from = starts[field];
  const length = starts[field + 1] - 1 - from;
  return (length === 8 || length === 12 || length === 14) && (units[from] === 0x31 || units[from] === 0x32);
}
