/** User names: what stands behind "user", "login" or the level of a log line, and how far it goes. */
import { ALNUM, type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { hasDigit, isDigits, isWord } from './read.js';
import { words } from './word-set.js';

const USERS = words('user username users userid login usr uname handle logon');
const LEVELS = words('info warn warning error audit notice debug');
const AT = 0x40;
const USER = hashOf('user');
const NAME = hashOf('name');
const IS = hashOf('is');
const USER_UNITS_MIN = 4;
const RUN_TOKENS_MAX = 48;
const USER_SHAPES = ALNUM | (1 << Shape.Lower) | (1 << Shape.LowerOne) | (1 << Shape.Mixed);
/** Signs within user names. */
export const USER_SIGNS = (1 << Gap.Dot) | (1 << Gap.Underscore) | (1 << Gap.Hyphen) | (1 << Gap.None);

/** Whether the word before a token says that a user name begins there: "user jdoe42", "user_name=jdoe". */
export function isUserNamed(doc: Doc, at: number): boolean {
  if (at <= 0 || doc.gap[at] === Gap.Leaf) return false;
  // Capitals alone are a name, and figures a number, unless a sign goes on.
  if (((1 << doc.shape[at]) & USER_SHAPES) === 0 && ((1 << doc.gap[at + 1]) & USER_SIGNS) === 0) return false;
  if (doc.gap[at] === Gap.Close) return LEVELS.has(doc.hash[at - 1]);
  const t = doc.hash[at - 1] === IS && at > 1 ? at - 2 : at - 1;
  return USERS.has(doc.hash[t]) || (doc.hash[t] === NAME && t > 0 && doc.hash[t - 1] === USER);
}

/** End of a run of tokens tied by signs that tokens and user names may have. */
export function runEnd(doc: Doc, first: number, signs: number): number {
  let last = first;
  for (let t = first + 1; t < doc.count && t - first < RUN_TOKENS_MAX; t++) {
    if (((1 << doc.gap[t]) & signs) === 0 || doc.shape[t] === Shape.Redacted) break;
    last = t;
  }
  return last;
}

/** Last token of the user name that begins at a token, or -1. Letters alone must be no word, and behind a colon or equals sign. */
export function userNameEnd(doc: Doc, first: number): number {
  if (first < 0 || doc.shape[first] === Shape.Redacted) return -1;
  const gap = doc.gap[first];
  if (gap === Gap.Line || gap === Gap.Stop || gap === Gap.Comma) return -1;
  const last = runEnd(doc, first, USER_SIGNS);
  const units = doc.end[last] - doc.start[first];
  if (doc.text[doc.end[last]] === AT) return -1;
  const named = gap === Gap.Colon || gap === Gap.Equals;
  let t = first;
  while (t <= last && !hasDigit(doc, t)) t++;
  if (t <= last) {
    if (!named && first === last && isDigits(doc, first)) return -1;
    return units > USER_UNITS_MIN || (named && units >= 3 && isWord(doc, first)) ? last : -1;
  }
  if (!named || units < USER_UNITS_MIN) return -1;
  return (last > first ? isName(doc, first) || isName(doc, last) : isUnknown(doc, first)) ? last : -1;
}

function isUnknown(doc: Doc, at: number): boolean {
  return doc.lex[at] === 0 && doc.shape[at] === Shape.Lower && doc.text[doc.end[at]] !== 0x28;
}

function isName(doc: Doc, at: number): boolean {
  return (doc.lex[at] & (Lex.Given | Lex.Surname)) !== 0 && (doc.lex[at] & (Lex.Word | Lex.Common)) === 0;
}
