/**
 * Labels with more than one code, and codes with more than one label: "MRNs 48213 and 48214", "MRN/Acct: 48213 / 99120".
 * Looks at a fixed number of tokens.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { type Claim, claimed, codeFrom, isAcceptable, startsCode, Trust } from './id-code.js';

const LABEL_TOKENS_MAX = 6;
const LIST_REACH = 14;
const SPACE = 0x20;
const COLON = 0x3a;
const AND = words('and or to into with');
const OR = words('and or');

/**
 * The next code of a list such as "MRNs 48213 and 48214", behind a comma, slash or "and": as many digits as the last one,
 * unless two labels were named before. Takes what `claimOf` (or this) returned last.
 */
export function nextOf(doc: Doc, claim: Claim, paired: boolean): Claim | null {
  const { digits, letters } = claim;
  let t = claim.last + 1;
  if (digits < 5 || t >= doc.count) return null;
  const gap = doc.gap[t];
  if (gap === Gap.Blank && AND.has(doc.hash[t])) {
    t++;
    if (doc.gap[t] !== Gap.Blank) return null;
  } else if (gap !== Gap.Comma && gap !== Gap.Slash && gap !== Gap.Ampersand) return null;
  if (!startsCode(doc, t, false) || doc.owner[t] !== 0 || !codeFrom(doc, t, false)) return null;
  claimed.direct = false;
  return (paired || (claimed.digits === digits && claimed.letters === letters)) && isAcceptable(doc, Trust.Word)
    ? claimed
    : null;
}

/** "MRN/Acct: 48213 / 99120", "MRN and account number are 48213 and 99120": another label stands right before this one. */
export function isPaired(doc: Doc, at: number): boolean {
  let head = at;
  while (head > 0 && at - head < 5 && doc.flags[head - 1] & Flag.InLabel && doc.label[head - 1] === 0) head--;
  for (let t = head; t <= at; t++) if (t > 0 && (doc.gap[t] === Gap.Slash || doc.gap[t] === Gap.Ampersand)) return true;
  if (head > 0 && doc.gap[head] === Gap.Plus) return doc.label[head - 1] !== 0;
  return head > 1 && AND.has(doc.hash[head - 1]) && doc.label[head - 2] !== 0;
}

/** "charts 48213 and H-4821": what is spoken of in the plural need not look alike. */
export function isPlural(doc: Doc, at: number): boolean {
  return (doc.text[doc.end[at] - 1] | 0x20) === 0x73 && lengthOf(doc, at) > 3;
}

/**
 * "MRNs affected by the downtime (0200-0430): 48213, 48219": where the list of a plural begins, behind a colon and whatever is said
 * before it on the line; else -1.
 */
export function listStart(doc: Doc, at: number): number {
  if (!isPlural(doc, at)) return -1;
  for (let t = at + 1; t < doc.count && t - at <= LIST_REACH; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || doc.shape[t] === Shape.Redacted) return -1;
    if (doc.text[doc.start[t] - 1] === SPACE && doc.text[doc.start[t] - 2] === COLON)
      return startsCode(doc, t, false) && doc.owner[t] === 0 ? t : -1;
  }
  return -1;
}

/** The end of the second label where two share a value, "MRN/CSN: 4820193", "SSN or EIN: …"; else -1. */
export function sharedLabel(doc: Doc, at: number): number {
  let t = at + 1;
  const gap = doc.gap[t];
  if (gap === Gap.Blank && OR.has(doc.hash[t])) t++;
  else if (gap !== Gap.Slash && gap !== Gap.Ampersand) return -1;
  for (let end = t; end < doc.count && end - t < LABEL_TOKENS_MAX && doc.flags[end] & Flag.InLabel; end++)
    if (doc.label[end] !== 0) return end;
  return -1;
}
