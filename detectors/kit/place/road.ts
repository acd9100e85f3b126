/**
 * Numbered roads that say where something happened to somebody: "crashed on I-84 near mile marker 112", "broke down on Route 9".
 * Asked at the word for a road, or at the I of an interstate; the words before it tell a road from a route of a drug.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { isDigits, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';

const WHERE = words('on near off along from exit exiting westbound eastbound northbound southbound');
const ROADS = words('route rt rte highway hwy interstate turnpike');
const I = hashOf('i');
const MARKERS = words('mile marker milepost mm exit near at');
const MARKER_WORDS_MAX = 4;
const ROAD_DIGITS_MAX = 3;
/** Isotopes of iodine, which are given and not driven on, and a form of employers. */
const NO_ROADS = new Set([9, 123, 124, 125, 131]);

/** Whether the token is the word of a numbered road, where something happened. */
export function isRoad(doc: Doc, at: number): boolean {
  const next = at + 1;
  if (at === 0 || next >= doc.count || !isDigits(doc, next) || lengthOf(doc, next) > ROAD_DIGITS_MAX) return false;
  if (doc.gap[at] !== Gap.Blank || !WHERE.has(doc.hash[at - 1])) return false;
  if (doc.hash[at] === I)
    return doc.shape[at] === Shape.UpperOne && doc.gap[next] === Gap.Hyphen && !NO_ROADS.has(numberAt(doc, next));
  return ROADS.has(doc.hash[at]) && doc.gap[next] === Gap.Blank;
}

/** The last token of the road, with the mile marker or exit behind it. */
export function roadLast(doc: Doc, at: number): number {
  const number = at + 1;
  let t = number + 1;
  let marked = false;
  while (t < doc.count && t - number <= MARKER_WORDS_MAX && doc.gap[t] === Gap.Blank && MARKERS.has(doc.hash[t])) {
    marked ||= doc.hash[t] !== NEAR && doc.hash[t] !== AT;
    t++;
  }
  return marked && t < doc.count && doc.gap[t] === Gap.Blank && isDigits(doc, t) ? t : number;
}

const NEAR = hashOf('near');
const AT = hashOf('at');
