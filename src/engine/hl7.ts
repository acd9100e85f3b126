/**
 * Lays an HL7 version 2 message out for scanning: each field that identifies somebody stands behind the words that say
 * what it is, taken from the standard's segment tables; all other fields are scanned as they are.
 */
import { IDENTIFIER_TYPES } from '../../detectors/kit/hl7.js';
import type { Arena } from './arena.js';
import { Layout } from './layout.js';

const PERSON = 'patient name';
const PROVIDER = 'provider name';
const RELATIVE = 'contact name';
const ADDRESS = 'home address';
const PHONE = 'phone';
const WHEN = 'service date';

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
    19: 'social security number',
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
    12: 'social security number',
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
  IN2: { 1: 'employee id', 2: 'social security number', 6: 'Medicare number', 8: 'Medicaid number', 61: 'member id' },
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
  OBX: { 14: WHEN, 16: PROVIDER, 19: WHEN },
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
  RXE: { 13: PROVIDER },
};

/** Segments that only open a message or a batch; excerpts may begin with any other. */
const OPENERS = new Set(['MSH', 'FHS', 'BHS', ...Object.keys(FIELDS)]);
const FIELD_SEPARATOR = 0x7c;
const REPEAT_SEPARATOR = 0x7e;

export function isHl7(text: Uint16Array, length: number): boolean {
  const at = length > 0 && text[0] === 0x0b ? 1 : 0;
  if (length < at + 5) return false;
  return text[at + 3] === FIELD_SEPARATOR && OPENERS.has(String.fromCharCode(text[at], text[at + 1], text[at + 2]));
}

/** Lays the arena's text out anew; the segments of the layout stay empty, since nothing in HL7 is quoted. */
export function layoutHl7(arena: Arena): Layout {
  const units = arena.text.slice(0, arena.length);
  const layout = new Layout(arena);
  let line = 0;
  while (line < units.length) {
    let end = line;
    while (end < units.length && units[end] !== 0x0d && units[end] !== 0x0a) end++;
    layoutSegment(layout, units, line, end);
    line = end + 1;
  }
  layout.finish();
  return layout;
}

function layoutSegment(layout: Layout, units: Uint16Array, from: number, to: number): void {
  const name = String.fromCharCode(...units.subarray(from, Math.min(to, from + 3)));
  const fields = FIELDS[name] ?? {};
  // MSH-1 is the separator itself, so its fields count from two.
  let field = name === 'MSH' || name === 'FHS' || name === 'BHS' ? 1 : 0;
  let at = from;
  while (at <= to) {
    let end = at;
    while (end < to && units[end] !== FIELD_SEPARATOR) end++;
    const words = fields[field];
    for (let start = at; start < end; ) {
      let stop = words === undefined ? end : start;
      while (stop < end && units[stop] !== REPEAT_SEPARATOR) stop++;
      write(layout, units, start, stop, words === undefined ? undefined : meaningOf(words, units, start, stop));
      start = stop + 1;
    }
    at = end + 1;
    field++;
  }
}

function write(layout: Layout, units: Uint16Array, from: number, to: number, words: string | undefined): void {
  layout.mark();
  if (words !== undefined) {
    layout.context(words);
    layout.key();
  }
  layout.reserve(to - from);
  for (let i = from; i < to; i++) layout.copy(units[i], i, i + 1);
}

/** What a field says, or for an identifier what its own type code says. */
function meaningOf(words: string, units: Uint16Array, from: number, to: number): string {
  return /(?:number|id)$/.test(words) ? (typeCode(units, from, to) ?? words) : words;
}

/** The meaning of the fifth component of an extended id (CX), where it is one. */
function typeCode(units: Uint16Array, from: number, to: number): string | undefined {
  let component = 1;
  let start = from;
  for (let i = from; i <= to; i++) {
    if (i < to && units[i] !== 0x5e) continue;
    if (component === 5)
      return i - start > 5 ? undefined : IDENTIFIER_TYPES.get(String.fromCharCode(...units.subarray(start, i)));
    component++;
    start = i + 1;
  }
  return undefined;
}
