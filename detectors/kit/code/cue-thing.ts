/**
 * Words of a category that for once name something else: a count ("number of claims: 10293"), a unit (mg/dL), the catalogue's
 * number of a product. Asks about the code that `claimed` holds.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { lengthOf, saidAfter, saidBefore } from '../read.js';
import { words } from '../word-set.js';
import { claimed } from './claimed.js';
import { CUE_WORDS, NUMBER } from './cue-words.js';

const PRODUCT = words('sn lot gtin udi serial exp mfg');
const PRODUCT_REACH = 10;
const REF = hashOf('ref');
const OF = hashOf('of');

/** "number of claims: 10293": of many, without an article. */
export function isCount(doc: Doc, at: number): boolean {
  return (
    at > 1 &&
    claimed.letters === 0 &&
    doc.hash[at - 1] === OF &&
    (CUE_WORDS.get(doc.hash[at - 2]) & NUMBER) !== 0 &&
    (doc.text[doc.end[at] - 1] | 0x20) === 0x73
  );
}

/** "SN 4482-19 REF 1012-880": among the numbers of a product, that of its make. */
export function isCatalogue(doc: Doc, at: number): boolean {
  if (doc.hash[at] !== REF || doc.shape[at] !== Shape.Upper) return false;
  return saidBefore(doc, at, PRODUCT_REACH, PRODUCT) || saidAfter(doc, claimed.last, PRODUCT_REACH, PRODUCT);
}

/** mg/dL */
export function isUnit(doc: Doc, at: number): boolean {
  return doc.gap[at] === Gap.Slash && lengthOf(doc, at) <= 2;
}
