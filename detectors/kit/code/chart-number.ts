/**
 * Chart numbers in three groups, as charts are filed by their last digits: 48-29-10, 552-08-81. Behind a name, or where a person
 * is looked up, they need no word that says so. A day in figures is none. Reads a fixed number of tokens.
 */
import { type Doc, Gap, Shape, Tag } from '../../contract.js';
import { isUnitBehind } from '../amount.js';
import { numberAt } from '../read.js';
import { words } from '../word-set.js';
import { codeFrom, isAcceptable, Trust } from './id-code.js';
import { isTellingPart } from './weight.js';

const MONTHS = 12;
const DAYS = 31;
const BESIDE = (1 << Gap.Blank) | (1 << Gap.Comma) | (1 << Gap.Slash) | (1 << Gap.Dash);
/** Words right before the number of somebody who is looked up. */
const SOUGHT = words(
  'under see pull find up open about regarding number chart load display merge into discharge admit page',
);

/** Whether the last of the three groups is the token; `claimed` then holds the number. */
export function isChartNumber(doc: Doc, at: number): boolean {
  const head = at - 2;
  if (head < 1 || doc.shape[at] !== Shape.Digits2 || doc.shape[at - 1] !== Shape.Digits2 || !isTellingPart(doc, at))
    return false;
  if (doc.shape[head] === Shape.Digits2 && numberAt(doc, at - 1) <= MONTHS && numberAt(doc, at) <= DAYS) return false;
  if (((1 << doc.gap[head]) & BESIDE) === 0 || doc.owner[head] !== 0 || isUnitBehind(doc, at)) return false;
  const tag = doc.tags[head - 1];
  if (tag !== Tag.Name && tag !== Tag.NameOn && !(doc.gap[head] === Gap.Blank && SOUGHT.has(doc.hash[head - 1])))
    return false;
  return codeFrom(doc, head, false) && isAcceptable(doc, Trust.Word);
}
