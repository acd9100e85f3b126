/**
 * Whose code stands in a field of an HL7 v2 segment or an X12 element, where such lines are quoted in other text (a message
 * that is HL7 as a whole is laid out by the engine). Fields are those of the HL7 v2.5 segments and of the X12 270, 271, 278,
 * 835 and 837 transactions; a reference or name in X12 is told by the qualifier before it.
 */
import { Cue, type Doc } from '../../contract.js';

const PIPE = 0x7c;
const STAR = 0x2a;
const TILDE = 0x7e;
const SEGMENT_UNITS_MAX = 500;

/** Three units as one number; shorter names have zeros in front. */
const packed = (name: string): number => [...name].reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);

const fields = (
  rows: Readonly<Record<string, Readonly<Record<number, Cue>>>>,
): ReadonlyMap<number, Readonly<Record<number, Cue>>> =>
  new Map(Object.entries(rows).map(([name, row]) => [packed(name), row]));

const HL7 = fields({
  MSH: { 9: Cue.OtherId },
  PID: { 2: Cue.Mrn, 3: Cue.Mrn, 4: Cue.Mrn, 18: Cue.Account, 19: Cue.Ssn, 20: Cue.License, 21: Cue.Mrn },
  PV1: { 5: Cue.OtherId, 19: Cue.OtherId, 50: Cue.OtherId },
  GT1: { 2: Cue.Account, 12: Cue.Ssn, 19: Cue.OtherId },
  IN1: { 8: Cue.HealthPlan, 36: Cue.HealthPlan, 49: Cue.HealthPlan },
  IN2: { 1: Cue.OtherId, 2: Cue.Ssn, 6: Cue.HealthPlan, 8: Cue.HealthPlan, 61: Cue.HealthPlan },
  ORC: { 2: Cue.OtherId, 3: Cue.OtherId },
  OBR: { 2: Cue.OtherId, 3: Cue.OtherId, 20: Cue.OtherId },
  SCH: { 1: Cue.OtherId, 2: Cue.OtherId },
  TXA: { 12: Cue.OtherId },
  SPM: { 2: Cue.OtherId },
  FT1: { 2: Cue.Account, 23: Cue.Account },
  MRG: { 1: Cue.Mrn, 3: Cue.Account, 4: Cue.Mrn },
  AUT: { 4: Cue.HealthPlan },
});

/** Long codes in other fields of these segments: fields are easily miscounted when a message is written by hand. */
const STRAY: ReadonlyMap<number, Cue> = new Map([
  [packed('PID'), Cue.Account],
  [packed('IN1'), Cue.HealthPlan],
  [packed('IN2'), Cue.HealthPlan],
  [packed('GT1'), Cue.Account],
  [packed('FT1'), Cue.Account],
]);
const STRAY_UNITS_MIN = 6;

const X12 = fields({
  CLM: { 1: Cue.Account },
  CLP: { 1: Cue.Account, 7: Cue.Account },
  SBR: { 3: Cue.HealthPlan },
  TRN: { 2: Cue.Account },
  BHT: { 3: Cue.OtherId },
});

/** Qualifiers of REF01 and NM108, by what they say of the element behind. */
const QUALIFIERS: ReadonlyMap<number, Cue> = new Map(
  (
    [
      [Cue.Ssn, 'SY 34'],
      [Cue.Mrn, 'EA'],
      [Cue.HealthPlan, 'MI 1L 1W 6P IG 0F 0G G1 HJ N6 3H CE A6 NQ F6 1D C HN MA MC'],
      [Cue.Account, 'F8 D9 EJ BLT 9A 9C FJ 6R 11 14'],
      [Cue.License, 'XX HPI 0B X4 1G G2 LU SV DEA'],
      [Cue.OtherId, 'EI FI TJ 9F 24 ZZ Y4 XZ BB 4N'],
    ] as const
  ).flatMap(([cue, names]) => names.split(' ').map((name) => [packed(name), cue] as const)),
);
const REF = packed('REF');
const NM1 = packed('NM1');

/** The category of the field that begins at a token, or none. */
export function segmentCue(doc: Doc, at: number): Cue {
  const { text, start } = doc;
  const separator = start[at] > 0 ? text[start[at] - 1] : 0;
  if (separator !== PIPE && separator !== STAR) return Cue.None;
  const edge = Math.max(0, start[at] - SEGMENT_UNITS_MAX);
  let count = 0;
  let qualifier = 0;
  let i = start[at] - 1;
  for (; i >= edge && text[i] >= 0x20 && (separator === PIPE || text[i] !== TILDE); i--) {
    if (text[i] !== separator) continue;
    count++;
    if (count === 2) qualifier = packedUnits(text, i + 1, start[at] - 1);
  }
  if (i >= 0 && i < edge) return Cue.None;
  // The name of the segment is what stands before the first separator.
  let begin = i + 1;
  while (text[begin] === 0x20) begin++;
  let end = begin;
  while (end - begin < 4 && text[end] !== separator) end++;
  const name = packedUnits(text, begin, end);
  if (separator === PIPE)
    return (
      HL7.get(name)?.[count] ?? (doc.end[at] - start[at] >= STRAY_UNITS_MIN ? STRAY.get(name) : undefined) ?? Cue.None
    );
  if (name === REF && count === 2)
    return QUALIFIERS.get(qualifier || packedUnits(text, end + 1, start[at] - 1)) ?? Cue.OtherId;
  if (name === NM1 && count === 9) return QUALIFIERS.get(qualifier) ?? Cue.OtherId;
  return X12.get(name)?.[count] ?? Cue.None;
}

function packedUnits(text: Uint16Array, from: number, to: number): number {
  if (to - from < 1 || to - from > 3) return 0;
  let sum = 0;
  for (let i = from; i < to; i++) sum = sum * 256 + (text[i] & 0xff);
  return sum;
}
