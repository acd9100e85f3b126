/** Whether a number is an amount of something, by the unit behind it: "40 mg", "3 refills", "12 weeks". */
import { type Doc, Gap } from '../contract.js';
import { hashOf } from './hash.js';
import { lengthOf } from './read.js';
import { words } from './word-set.js';

/** Behind a small number, these make it an amount. */
const UNITS = words(
  'mg mcg ug ul g gm gms gram grams kg ml l cc dl units unit iu u meq mmol mol tab tabs tablet tablets cap caps capsule capsules puffs drops ' +
    'mm cm m in inch inches ft feet lb lbs oz percent bpm mmhg year years yr yrs yo y month months mo week weeks wk wks day days ' +
    'hour hours hr hrs h min mins minute minutes sec seconds times x dollars usd kcal calories patients people cases pages doses refills steps lines rows samples visits words tokens votes miles meters',
);
const IN = hashOf('in');

export function isUnitBehind(doc: Doc, t: number): boolean {
  const next = t + 1;
  // Nobody measures five figures in inches: "40374 in the old system".
  if (doc.hash[next] === IN && lengthOf(doc, t) >= 5) return false;
  // "id=448213 hr=80": the next field.
  if (doc.gap[next + 1] === Gap.Equals) return false;
  return (
    next < doc.count &&
    (doc.gap[next] === Gap.Blank || doc.gap[next] === Gap.Hyphen || doc.gap[next] === Gap.Slash) &&
    UNITS.has(doc.hash[next])
  );
}
