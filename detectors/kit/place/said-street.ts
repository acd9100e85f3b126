/**
 * Addresses that are said aloud: "eighteen forty two pecan hollow road", "two twelve b rue chartres", "p o box three forty two".
 * Asked at the word of a street, from which it goes back over the street's name to the house in words and on to flat, town,
 * state and code. Reads a bounded number of tokens.
 */
import { type Doc, type Emit, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { DIGIT, MEASURE, REPEAT, SOUNDS, TEEN, TENS } from '../code/spoken-words.js';
import { hashOf } from '../hash.js';
import { isDigits, isWord } from '../read.js';
import { words } from '../word-set.js';
import { stateEnd, zipEnd } from './code.js';
import { Place, partOf } from './grammar.js';
import { STREET } from './rules.js';

const NAME_WORDS_MAX = 4;
const HOUSE_WORDS_MAX = 6;
const TOWN_WORDS_MAX = 4;
const CODE_DIGITS = 5;
const NUMBER = DIGIT | TEEN | TENS;
const HUNDREDS = words('hundred thousand');
const AND = hashOf('and');
/** Of the loose words for streets those that hardly stand behind a number and a name unless they end a street. */
const STREETS_SAID = words(
  'drive court circle place terrace trail way square plaza loop crescent pike row mews cove crossing landing bend',
);
const LEADS_SAID = words('rue via calle avenida camino paseo');
const NUMBERED = words('road route highway');
const NUMBERED_NAMES = words('county state farm rural us');
const UNITS = words('apartment apt unit suite lot number trailer floor building room space');
/** Words that say that a house is meant, where only one word tells its number. */
const CUES = words('at is to live lives living address on from moved confirming verify');

/** What stood last before the name of a street. */
const house = { first: 0, count: 0 };

/** The address said aloud whose street's word is at a token, if there is one. */
export function readSaidStreet(doc: Doc, at: number, part: number, emit: Emit): boolean {
  const lead = LEADS_SAID.has(doc.hash[at]);
  const numbered = NUMBERED.has(doc.hash[at]) && near(doc, at + 1) && isNumber(doc, at + 1);
  if (!lead && !numbered && !(part & Place.Suffix) && !STREETS_SAID.has(doc.hash[at])) return false;
  const name = lead ? at : nameStart(doc, at);
  if (name < 0 || !readHouse(doc, name)) return false;
  let last = lead ? leadEnd(doc, at) : numberedEnd(doc, name, at);
  if (last < 0) return false;
  const street = last;
  if (doc.gap[last + 1] === Gap.Blank && doc.lex[last + 1] & Lex.PlaceWord && partOf(doc, last + 1) & Place.Compass)
    last++;
  last = unitSaid(doc, last);
  const unit = last > street;
  const state = stateSaid(doc, last);
  if (state >= 0) last = state;
  if (house.count < 2 && state < 0 && !unit && !(part & Place.Suffix && cuedBy(doc, house.first))) return false;
  emit(doc.start[house.first], doc.end[last], STREET, state >= 0 ? 0.95 : 0.75);
  return true;
}

const near = (doc: Doc, t: number): boolean =>
  t < doc.count && (doc.gap[t] === Gap.Blank || doc.gap[t] === Gap.Hyphen || doc.gap[t] === Gap.Apostrophe);

const isNumber = (doc: Doc, t: number): boolean =>
  (doc.lex[t] & Lex.NumberWord) !== 0 && (SOUNDS.get(doc.hash[t]) & NUMBER) !== 0;

/** Where the name of a street begins whose last word is at a token: behind a number in words; or -1. */
function nameStart(doc: Doc, at: number): number {
  for (let t = at - 1; t >= 0 && at - t <= NAME_WORDS_MAX + 1; t--) {
    if (!near(doc, t + 1) || !isWord(doc, t)) return -1;
    if (isNumber(doc, t) || HUNDREDS.has(doc.hash[t])) return t + 1 < at ? t + 1 : -1;
    const part = partOf(doc, t);
    const lex = doc.lex[t];
    // "two twelve b"
    if (doc.shape[t] === Shape.LowerOne && t > 0 && isNumber(doc, t - 1) && t + 1 < at) return t + 1;
    if (doc.gap[t + 1] === Gap.Apostrophe) continue;
    if ((part & Place.Measure && !(part & Place.Saint)) || SOUNDS.get(doc.hash[t]) & MEASURE) return -1;
    if (lex & Lex.Function && !(part & (Place.Compass | Place.Saint))) return -1;
    if (lex & (Lex.Medical | Lex.Drug | Lex.Role | Lex.Relation) && !(lex & (Lex.City | Lex.Surname | Lex.PlaceWord)))
      return -1;
  }
  return -1;
}

/** The number in words that ends before a token, into `house`. */
function readHouse(doc: Doc, name: number): boolean {
  let t = name - 1;
  if (t > 0 && doc.shape[t] === Shape.LowerOne && isNumber(doc, t - 1)) t--;
  house.count = 0;
  house.first = name;
  for (; t >= 0 && name - t <= HOUSE_WORDS_MAX && near(doc, t + 1); t--) {
    if (isNumber(doc, t) || HUNDREDS.has(doc.hash[t])) house.count++;
    else if (doc.hash[t] !== AND || !HUNDREDS.has(doc.hash[t - 1] | 0)) break;
    house.first = t;
  }
  return house.count > 0 && !HUNDREDS.has(doc.hash[house.first]);
}

/** Where the number in two words or more begins that stands before a name, over a point of the compass; or the token. */
export function saidStart(doc: Doc, name: number): number {
  const at = name > 0 && near(doc, name) && partOf(doc, name - 1) & Place.Compass ? name - 1 : name;
  return near(doc, at) && readHouse(doc, at) && house.count > 1 ? house.first : name;
}

const cuedBy = (doc: Doc, first: number): boolean => first > 0 && CUES.has(doc.hash[first - 1]);

/** The last word of the name of a street whose kind stands first: the word behind it, or -1. */
function leadEnd(doc: Doc, at: number): number {
  let t = at + 1;
  while (t - at < 3 && near(doc, t) && partOf(doc, t) & Place.Inside) t++;
  return t < doc.count && near(doc, t) && isWord(doc, t) && !(doc.lex[t] & Lex.Function) ? t : -1;
}

/** "county road twelve" */
function numberedEnd(doc: Doc, name: number, at: number): number {
  if (!NUMBERED.has(doc.hash[at]) || !NUMBERED_NAMES.has(doc.hash[name])) return at;
  let last = at;
  while (last - at < 3 && near(doc, last + 1) && isNumber(doc, last + 1)) last++;
  return last;
}

/** The last word of "apartment three f" behind a token, or the token itself. */
export function unitSaid(doc: Doc, at: number): number {
  if (!near(doc, at + 1) || !UNITS.has(doc.hash[at + 1])) return at;
  let t = at + 2;
  while (t - at < 5 && near(doc, t) && (isNumber(doc, t) || isDigits(doc, t))) t++;
  if (near(doc, t) && (doc.shape[t] === Shape.LowerOne || doc.shape[t] === Shape.UpperOne) && t - at <= 4) t++;
  return t > at + 2 ? t - 1 : at;
}

/** The last word of town, state and code behind a token, or -1 if no state follows. */
function stateSaid(doc: Doc, at: number): number {
  for (let t = at + 1; t < doc.count && t - at <= TOWN_WORDS_MAX + 1; t++) {
    if (!(near(doc, t) || doc.gap[t] === Gap.Comma) || !isWord(doc, t)) return -1;
    const state = doc.lex[t] & Lex.State ? stateEnd(doc, t, true) : -1;
    // "kansas city missouri", "new york new york": the town is called after a state, too.
    if (state >= 0 && t > at + 1 && !(near(doc, state + 1) && doc.lex[state + 1] & Lex.State))
      return codeSaid(doc, state);
    if (state < 0 && doc.lex[t] & Lex.Function && !(partOf(doc, t) & (Place.Inside | Place.Saint))) return -1;
  }
  return -1;
}

/** The last word of a code of five digits behind a token, said or written, or the token itself. */
function codeSaid(doc: Doc, at: number): number {
  if (near(doc, at + 1)) {
    const written = zipEnd(doc, at + 1);
    if (written >= 0) return written;
  }
  let digits = 0;
  let repeat = 1;
  for (let t = at + 1; t < doc.count && near(doc, t) && t - at <= CODE_DIGITS; t++) {
    const sound = SOUNDS.get(doc.hash[t]);
    if (sound & REPEAT) repeat = sound & DIGIT;
    else if (sound & DIGIT) {
      digits += repeat;
      repeat = 1;
    } else break;
    if (digits >= CODE_DIGITS) return t;
  }
  return at;
}

/** The last word of a number in words that begins at a token, or -1. */
export function numberSaid(doc: Doc, at: number): number {
  let last = -1;
  for (let t = at; t < doc.count && t - at < HOUSE_WORDS_MAX && (t === at || near(doc, t)); t++) {
    if (!isNumber(doc, t) && !HUNDREDS.has(doc.hash[t])) break;
    last = t;
  }
  return last;
}
