/** User names: what stands behind "user", "login" or the level of a log line, and how far it goes. */
import { ALNUM, type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { digitsIn, hasDigit, isDigits, isWord, lengthOf, saidBefore } from '../read.js';
import { words } from '../word-set.js';

const USERS = words(
  'user username users userid login usr uname handle logon actor principal uid requester requestor assignee submitter netid ' +
    'eppn upn samaccountname nick nickname screenname profile creator operator',
);
const LEVELS = words('info warn warning error audit notice debug');
const FROM = hashOf('from');
const ACTS = words(
  'opened viewed accessed edited modified created updated printed exported downloaded acknowledged submitted uploaded deleted ' +
    'actioned authored locked unlocked performed requested signed entered verified reviewed cosigned charted logged changed',
);
const BY = hashOf('by');
/** What systems put before the names that they give to people. */
const GIVEN = words('u usr user users pt pat patient person enc emp sess tok mem member subj tkt uid acct client');
const GIVEN_UNITS_MIN = 4;
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
  if (doc.hash[t] === BY) return t > 0 && ACTS.has(doc.hash[t - 1]);
  return USERS.has(doc.hash[t]) || (doc.hash[t] === NAME && t > 0 && doc.hash[t - 1] === USER);
}

const AS = hashOf('as');
const LOGINS = words('login logon logged signed signin logs session ssh sudo authenticated impersonating');
const LOGIN_REACH = 10;
const PARTS_MAX = 4;

/** The first token of the run of parts, tied by dots and underscores, that a token goes on; -1 where a longer one does. */
export function userRunStart(doc: Doc, at: number): number {
  let first = at;
  while (first > 0 && at - first < PARTS_MAX && (doc.gap[first] === Gap.Dot || doc.gap[first] === Gap.Underscore))
    first--;
  return first < at && doc.gap[first] !== Gap.Dot && doc.gap[first] !== Gap.Underscore ? first : -1;
}

/** "login from 203.0.113.40 as svc_kell" */
export function isLoggedInAs(doc: Doc, at: number): boolean {
  return at > 1 && doc.gap[at] === Gap.Blank && doc.hash[at - 1] === AS && saidBefore(doc, at - 1, LOGIN_REACH, LOGINS);
}

/**
 * The first token of a name that a system gave, which says so itself: u_393174, usr-1be5766e, pt_3591c8, whose part behind
 * the sign is the token, or user37868; else -1.
 */
export function givenNameStart(doc: Doc, at: number): number {
  const gap = doc.gap[at];
  if (gap === Gap.Underscore || gap === Gap.Hyphen) {
    if (at === 0 || !GIVEN.has(doc.hash[at - 1]) || !isSmall(doc, at - 1) || lengthOf(doc, at) < GIVEN_UNITS_MIN)
      return -1;
    const before = doc.gap[at - 1];
    const apart = before !== Gap.Underscore && before !== Gap.Hyphen && before !== Gap.Dot && before !== Gap.Slash;
    return apart && digitsIn(doc, at) >= 2 ? at - 1 : -1;
  }
  const from = doc.start[at];
  if (doc.shape[at] !== Shape.Alnum || doc.text[from] !== 0x75 || doc.text[from + 1] !== 0x73) return -1;
  const digits = digitsIn(doc, at);
  const letters = lengthOf(doc, at) - digits;
  // user or usr, then nothing but figures
  return letters <= 4 && letters >= 3 && digits >= GIVEN_UNITS_MIN && doc.text[from + letters - 1] === 0x72 ? at : -1;
}

function isSmall(doc: Doc, at: number): boolean {
  return doc.shape[at] === Shape.Lower || doc.shape[at] === Shape.LowerOne;
}

/** jdoe42 in front of what only a person does to a record, or a program to an account: "jdoe42 viewed", "jdoe42 logged in". */
export function isActor(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.Alnum || doc.gap[at + 1] !== Gap.Blank || at + 1 >= doc.count) return false;
  const next = doc.hash[at + 1];
  // "FOPOKU8 from 10.20.1.16"
  const from = next === FROM && isDigits(doc, at + 2) && doc.gap[at + 3] === Gap.Dot && isDigits(doc, at + 3);
  if (!from && !ACTS.has(next)) return false;
  const end = doc.end[at];
  let i = doc.start[at];
  while (i < end && doc.text[i] >= (from ? 0x41 : 0x61)) i++;
  if (i - doc.start[at] < 3 || end - i > 4) return false;
  while (i < end && doc.text[i] <= 0x39) i++;
  return i === end;
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

/**
 * Last token of the user name that begins at a token, or -1. Letters alone must be no word, and behind a colon or equals
 * sign, or behind words that are sure ("logged in as").
 */
export function userNameEnd(doc: Doc, first: number, sure: boolean): number {
  if (first < 0 || doc.shape[first] === Shape.Redacted) return -1;
  const gap = doc.gap[first];
  if (gap === Gap.Line || gap === Gap.Stop || gap === Gap.Comma) return -1;
  const last = runEnd(doc, first, USER_SIGNS);
  const units = doc.end[last] - doc.start[first];
  if (doc.text[doc.end[last]] === AT) return -1;
  const named = sure || gap === Gap.Colon || gap === Gap.Equals;
  let t = first;
  while (t <= last && !hasDigit(doc, t)) t++;
  if (t <= last) {
    if ((!named || sure) && first === last && isDigits(doc, first)) return -1;
    // "accessed by 2 nurses", "opened by 3-4 cm"
    if (sure && isDigits(doc, first)) return -1;
    return units > USER_UNITS_MIN || (named && units >= 3 && isWord(doc, first)) ? last : -1;
  }
  if (!named || units < USER_UNITS_MIN) return -1;
  if (last === first) return isUnknown(doc, first, gap !== Gap.Blank) ? last : -1;
  // svc_kell
  if (sure && doc.gap[last] === Gap.Underscore) return last;
  return isName(doc, first) || isName(doc, last) || isInitialled(doc, first, last) ? last : -1;
}

/** Last token of a name that an at sign stands before, as social networks write it; else -1. */
export function handleEnd(doc: Doc, first: number): number {
  if (first < 1 || doc.shape[first] === Shape.Redacted || doc.text[doc.start[first] - 1] !== AT) return -1;
  const last = runEnd(doc, first, USER_SIGNS);
  return doc.end[last] - doc.start[first] >= USER_UNITS_MIN && doc.text[doc.start[first] - 2] <= 0x3a ? last : -1;
}

/** No word of the lexicon, in small letters; behind a sign also in capitals. */
function isUnknown(doc: Doc, at: number, signed: boolean): boolean {
  if (doc.lex[at] !== 0 || doc.text[doc.end[at]] === 0x28) return false;
  return doc.shape[at] === Shape.Lower || (signed && doc.shape[at] === Shape.Upper);
}

/** j.doe, m_lopez: a letter and a surname that the lexicon need not have. */
function isInitialled(doc: Doc, first: number, last: number): boolean {
  const one = lengthOf(doc, first) === 1 ? last : lengthOf(doc, last) === 1 ? first : -1;
  if (last !== first + 1 || one < 0 || doc.gap[last] === Gap.Hyphen || doc.shape[one] !== Shape.Lower) return false;
  return lengthOf(doc, one) >= 3 && (doc.lex[one] & Lex.Common) === 0;
}

function isName(doc: Doc, at: number): boolean {
  return (doc.lex[at] & (Lex.Given | Lex.Surname)) !== 0 && (doc.lex[at] & (Lex.Word | Lex.Common)) === 0;
}
