/** Codes that stand beside a device without a word for a number: "controller HSC-118820", "IV pump # 0448", "sensor 8KD4 failed". */
import { type Doc, Gap, Shape } from '../../contract.js';
import { isUnitBehind } from '../amount.js';
import { groupRunEnd } from '../code/group-run.js';
import { type Claim, claimed, codeAtToken, codeFrom, isUpper } from '../code/id-code.js';
import { codeAhead, continues, hasNumberSign, headOfCode, headOfLabel, isAnswered, isForeign } from '../nearby.js';
import { isDigits, isMixed, lengthOf } from '../read.js';
import { claimOfPart, isAmong, isLed, isModel, isStrong } from './claim.js';

const SHORT_UNITS = 4;
const REACH_DEVICE = 4;
const REACH_ENTRY = 10;
const ENTRY_DIGITS_MIN = 6;
const PHONE_DIGITS_MIN = 10;
const PHONE_DIGITS_MAX = 11;

/** The code beside a device: "controller HSC-118820", "Holter # H3-10293". */
export function claimBeside(doc: Doc, at: number): Claim | null {
  const part = claimOfPart(doc, at + 1);
  if (part !== null && part.digits > 3) return part;
  const run = doc.owner[at + 1] === 0 && isUpper(doc, at + 1) && !isModel(doc, at + 1) ? groupRunEnd(doc, at + 1) : -1;
  if (run > at + 2 && codeFrom(doc, at + 1, true, run) && claimed.digits >= ENTRY_DIGITS_MIN) return claimed;
  for (
    let t = codeAhead(doc, at, at + 1, REACH_DEVICE, 'device');
    t >= 0;
    t = codeAhead(doc, at, t + 1, REACH_DEVICE, 'device')
  ) {
    if (isModel(doc, t) || (doc.owner[t] !== 0 && doc.labels[doc.owner[t]].category !== 'device')) continue;
    const claim = codeAtToken(doc, t, hasNumberSign(doc, t)) ?? (t === at + 1 ? shortBeside(doc, t) : null);
    if (claim === null || isAmong(doc, claim)) continue;
    if (isStrong(doc, claim) || (t === at + 1 && isShortBeside(doc, claim)) || (t === at + 1 && isPlain(doc, claim)))
      return claim;
    if ((hasNumberSign(doc, t) || isLed(doc, t)) && claim.digits >= (claim.letters > 0 ? 4 : 6)) return claim;
  }
  if (doc.gap[at + 1] === Gap.Colon) return claimOfEntry(doc, at);
  // "replaced with the PJN968846H pump"
  const head = headOfLabel(doc, at);
  if (head === 0 || doc.gap[head] !== Gap.Blank || isAnswered(doc, at, REACH_DEVICE) || !isMixed(doc, head - 1))
    return null;
  const first = headOfCode(doc, head - 1);
  const before = isModel(doc, first) || doc.owner[first] !== 0 ? null : codeAtToken(doc, first);
  return before !== null && before.last === head - 1 && before.letters > 0 && isStrong(doc, before) ? before : null;
}

/** "Valve: Edwards Magna 23, 4482137": the number behind the comma or in brackets, after maker, model and size. */
function claimOfEntry(doc: Doc, at: number): Claim | null {
  for (let t = at + 2; t < doc.count && t - at <= REACH_ENTRY; t++) {
    const gap = doc.gap[t];
    if (!continues(doc, t, t - 1) || isForeign(doc, t, 'device')) return null;
    if (gap !== Gap.Comma && gap !== Gap.Open) continue;
    if (doc.owner[t] !== 0 || !isDigits(doc, t) || lengthOf(doc, t) < ENTRY_DIGITS_MIN || isModel(doc, t)) continue;
    const claim = codeAtToken(doc, t);
    if (
      claim !== null &&
      claim.first === claim.last &&
      claim.digits < PHONE_DIGITS_MIN &&
      !isDay(doc, claim) &&
      !isUnitBehind(doc, t)
    )
      return claim;
  }
  return null;
}

/** Right behind a device: "IV pump # 0448", "sensor 8KD4 failed". */
function shortBeside(doc: Doc, t: number): Claim | null {
  return codeFrom(doc, t, false) && isShortBeside(doc, claimed) ? claimed : null;
}

/** Three digits behind a number sign; or a run of capitals and digits by turns, or with four digits: 8KD4, K4821; no HR120. */
function isShortBeside(doc: Doc, claim: Claim): boolean {
  const { digits, letters, first, last, start, end } = claim;
  if (first !== last || isUnitBehind(doc, last)) return false;
  if (hasNumberSign(doc, first)) return digits > 2;
  if (letters === 0 || digits < 2 || doc.gap[first] !== Gap.Blank || end - start < SHORT_UNITS) return false;
  for (let i = start; i < end; i++) if (doc.text[i] >= 0x61) return false;
  return digits >= 4 || (doc.text[start] <= 0x39 && doc.text[end - 1] <= 0x39);
}

/** Right behind a device: 448201, 7712-039, SM-4821-KX; no day, no telephone, no amount. */
function isPlain(doc: Doc, claim: Claim): boolean {
  const { digits, letters, first, last } = claim;
  const gap = doc.gap[first];
  if (gap !== Gap.Blank && gap !== Gap.Open && gap !== Gap.Comma && gap !== Gap.Colon && gap !== Gap.Equals)
    return false;
  if (letters > 0) return digits >= 4 && last - first >= 2 && isUpper(doc, first) && isUpper(doc, last);
  if (last > first + 1 || (last > first && doc.gap[last] !== Gap.Hyphen)) return false;
  // 5076-52: the model of a lead, and its length.
  if (last > first && doc.shape[first] === Shape.Digits4 && doc.shape[last] === Shape.Digits2) return false;
  return (
    digits >= 6 && digits !== PHONE_DIGITS_MIN && (digits !== PHONE_DIGITS_MAX || first === last) && !isDay(doc, claim)
  );
}

/** Eight figures that may be a day: 20240118, 01182024. */
function isDay(doc: Doc, claim: Claim): boolean {
  if (claim.digits !== 8 || claim.first !== claim.last) return false;
  const from = doc.start[claim.first];
  const century = (i: number) =>
    (doc.text[i] === 0x32 && doc.text[i + 1] === 0x30) || (doc.text[i] === 0x31 && doc.text[i + 1] === 0x39);
  return century(from) || century(from + 4);
}
