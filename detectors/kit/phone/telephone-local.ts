/** Seven digits in one run, which only a word for calling right before them makes a telephone number. Reads a fixed number of tokens. */
import { type Doc, Gap } from '../../contract.js';
import { words } from '../word-set.js';
import { isNanpCode } from './nanp.js';
import { Line, refused } from './telephone-line.js';
import { isBounded, report } from './telephone-parts.js';
import { Say, says } from './telephone-words.js';

/** Whoever is called, and small words before the number. */
const CALLED = words('him her me us them at on is back instead');
const CALLED_MAX = 3;
const PAGES = words('page paging');
const CONFIDENCE = 0.7;

/** "page him 5550142", "cell 5550142": seven digits right behind a word for calling, or with who is called between. */
export function wholeLocal(doc: Doc, at: number): boolean {
  if (at === 0 || !isNanpCode(doc.text, doc.start[at]) || refused(doc, at, at)) return false;
  const gap = doc.gap[at];
  if (gap !== Gap.Blank && gap !== Gap.Colon) return false;
  let t = at - 1;
  for (let steps = 0; steps < CALLED_MAX && t > 0 && CALLED.has(doc.hash[t]) && doc.gap[t] === Gap.Blank; steps++) t--;
  const said = says(doc, t);
  const paged = t < at - 1 && PAGES.has(doc.hash[t]);
  if (!paged && (!(said & Say.Phone) || said & Say.Weak)) return false;
  return isBounded(doc, at, at) && report(doc, at, at, Line.Phone, CONFIDENCE);
}
