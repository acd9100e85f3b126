/** Whether what stands around two numbers with a sign between says that they count or measure, whatever else speaks for a day. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { numberAt } from '../read.js';
import { words } from '../word-set.js';
import { isUnitAfter, Say, says } from './words.js';

/** Denominators of scores, tests and inches: 14/15, 20/20, 27/30, 5/16. */
export const SCALES = (1 << 15) | (1 << 16) | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25) | (1 << 27) | (1 << 30);

const OF = hashOf('of');
/** Counts and places with numbers that a slash parts: bed 3/4, odds 3/17, needle 25g x 5/8. */
const COUNTS = words(
  'room rm bed beds odds bishop pack pk size sz page pg q x gauge ratio step part sensitivity specificity ppv npv accuracy ' +
    'p section bottle bottles batch box settings height chance penetrance nyha asa timi rads mallampati glasgow curb centor bang braden katz lawton nodes ros adls iadls sofa ranson chads mrs epds crafft pugh pedis carotid femoral radial popliteal tibial jerk jerks gallop pitting row item attempt try volume kit tray gate lane exit pressure gravida gcs mmse moca slide question',
);
/** Parts of a form or fax: 2/2. */
const PARTS = words('intake form forms sheet fax packet attachment screen');
const PART_MAX = 9;
/** Between a score or setting and its numbers: BiPAP at 12/6. */
const LINKS = words('at of to from was is are now settings');
const COUNTED = words(
  'nerve nerves disc discs rib ribs lymph node nodes ln lns core cores count inch inches needle screws holes sites joints digits toes fingers zones schools beds ' +
    'bottles sets tests maneuvers length lead leads gpc gpcs gnr gnrs cranial fractions tray meal left right appointments siblings sisters brothers lesions',
);
/** Strength by side: right 5/5, left 4/5. */
const SIDES = words('left right l r');
/** What is given in rounds, and how many these are: cycle 2/6. */
const SERIES = words('session sessions cycle cycles infusion fraction fractions treatment');
const COURSES = (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 8) | (1 << 10) | (1 << 12);
const WHICH = words('last next first final previous prior');
/** What scores do: up from 4/10, improved to 4/5. */
const CHANGES = words(
  'up down improved improving decreased increased worsened dropped fell rose risen went better worse reduced',
);
const SCORED = words('pain strength');
const TEN = 10;
/** What strength is out of. */
export const GRADE_MAX = 5;

const IN = hashOf('in');
const GOES_ON = words('and or to through thru until till of in the at with for when');

/** "in September 4 more", "in May 10 patients": nobody says "in" of a day. */
export function isCountedIn(doc: Doc, m: number, day: number): boolean {
  if (m === 0 || doc.hash[m - 1] !== IN || doc.shape[day] > Shape.Digits2 || doc.gap[m] !== Gap.Blank) return false;
  const next = day + 1;
  return doc.gap[next] === Gap.Blank && doc.shape[next] === Shape.Lower && !GOES_ON.has(doc.hash[next]);
}

/** Whether what stands right before or behind two numbers says that they are no day, whatever else speaks for one. */
export function isCount(doc: Doc, first: number, last: number): boolean {
  const t = first - 1;
  const end = numberAt(doc, last);
  const from = numberAt(doc, first);
  const scaled = end <= TEN || ((SCALES >>> end) & 1) !== 0;
  if (t >= 0 && doc.gap[first] === Gap.Blank) {
    if (COUNTS.has(doc.hash[t]) || (t > 0 && doc.hash[t] === OF && COUNTS.has(doc.hash[t - 1]))) return true;
    if (from <= end && end === GRADE_MAX && SIDES.has(doc.hash[t])) return true;
    if (from <= end && end <= PART_MAX && PARTS.has(doc.hash[t])) return true;
    if (from <= end && (COURSES >>> end) & 1 && SERIES.has(doc.hash[t]) && !WHICH.has(doc.hash[t - 1])) return true;
    if (from <= end && end <= TEN && t > 0 && LINKS.has(doc.hash[t]) && CHANGES.has(doc.hash[t - 1])) return true;
    const said = says(doc, LINKS.has(doc.hash[t]) && t > 0 ? t - 1 : t);
    if ((scaled || doc.hash[t] === OF) && said & Say.Score && !(said & Say.Event)) return true;
  }
  const next = last + 1;
  return (
    next < doc.count &&
    doc.gap[next] === Gap.Blank &&
    (COUNTED.has(doc.hash[next]) || isUnitAfter(doc, last) || (scaled && SCORED.has(doc.hash[next])))
  );
}
