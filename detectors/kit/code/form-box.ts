/**
 * Boxes of the two claim forms by their numbers: "box 1a W4820193", "FL 64: 20261187". Of the CMS-1500 and the UB-04, those
 * that hold somebody's number. Reads the two tokens before a code.
 */
import { Cue, type Doc, Gap } from '../../contract.js';
import { hashOf } from '../hash.js';
import { words } from '../word-set.js';

const BOXES = words('box bx item field');
/** Form locators of the UB-04. */
const LOCATORS = words('fl locator');
const BETWEEN = (1 << Gap.Blank) | (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Dash) | (1 << Gap.Hash);

const boxes = (rows: readonly (readonly [Cue, string])[]): ReadonlyMap<number, Cue> =>
  new Map(rows.flatMap(([cue, names]) => names.split(' ').map((name) => [hashOf(name) | 0, cue] as const)));

const CMS_1500 = boxes([
  [Cue.HealthPlan, '1a 9a 11 23'],
  [Cue.License, '17a 17b 24j 32a 32b 33a 33b'],
  [Cue.OtherId, '25'],
  [Cue.Account, '22 26'],
]);
const UB_04 = boxes([
  [Cue.Account, '3a 64'],
  [Cue.Mrn, '3b'],
  [Cue.OtherId, '5'],
  [Cue.License, '56 57 76 77 78 79'],
  [Cue.HealthPlan, '51 60 62 63'],
]);

/** Whose the code is that begins at `head`, if the number of a box stands right before it; else none. */
export function boxCue(doc: Doc, head: number): Cue {
  if (head < 2 || ((1 << doc.gap[head]) & BETWEEN) === 0 || doc.gap[head - 1] !== Gap.Blank) return Cue.None;
  const named = doc.hash[head - 2];
  const form = BOXES.has(named) ? CMS_1500 : LOCATORS.has(named) ? UB_04 : null;
  return form?.get(doc.hash[head - 1] | 0) ?? Cue.None;
}
