/** What the tagger takes for a name and is none: sides and routes, letters of vitamins, halves of eponyms, diagnoses that are weighed, labels, hasty spelling. */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { WordSet } from '../word-set.js';
import { isLetterOfName } from './edge.js';
import { isDotted, isInitial, NAMED } from './person.js';

const TOPS = Lex.GivenTop | Lex.SurnameTop;
const SIDES = new WordSet('r l b');
const SIDE_UNITS_MAX = 3;
const LETTERED = new WordSet(
  'vit vitamin hep hepatitis strep factor type plan group part grade stage class team unit pod wing level option quick protein',
);
const WEIGHED_BEFORE = new WordSet(
  'no not nor vs versus likely without possible probable suspected questionable prior for neither or except',
);
const WEIGHED_BEHIND = new WordSet(
  'less likely unlikely neg negative positive procedure speculum retractor plate excluded again triad sign body bodies',
);
const WEIGHED_SURE_MAX = 0.9;
/** Words in small letters that lists of names have all the same: hasty spelling, and Spanish. */
const SMALL_WORDS = new WordSet(
  'su sus el los las es soy estoy una unas con para por favor mi mis que cita hola usted tu del al lo les nos cu u ur luv fone nite vaca cuz coz bc frm thru theres til tmrw tmw lil omg omw lol pls plz thx ty tho dunno gonna wanna gotta kinda lemme lunes martes jueves viernes manana hoy ahora tarde noche ser er ed',
);

const NAME = hashOf('name');
/** What heads a column, and is a surname elsewhere. */
const HEADINGS = new WordSet(
  'field fields value values column key item unit ward bed room test note price page street',
);
const HESITATION = new WordSet('um uh uhm umm hm hmm mm oh ah eh huh');
/** Shorthand of charts that is a surname in other cases. */
const SHORTHAND = new WordSet(
  'rai eng nas loa soc hi ha an so do er ed min max med ref rel req fam ser nat mar sun mon sat',
);
const SHORTHAND_SURE_MAX = 0.95;
/** What is cut short in any case: "Med student". */
const CLIPPED = new WordSet('med meds rec vit vits');
const CHURCH = new WordSet('whit ash holy easter palm shrove maundy good black cyber');
const PLAYED = new WordSet('plays played playing');
const EATEN = new WordSet('burger burgers fries nuggets pizza sandwich donuts donut frosty drive restaurant');
const AND = new WordSet('and n');
/** Firms, drinks, songs and games that have two names of people. */
const PAIRS: ReadonlyMap<number, number> = new Map(
  [
    ['ben', 'jerry'],
    ['dr', 'pepper'],
    ['sara', 'lee'],
    ['jack', 'daniel'],
    ['jim', 'beam'],
    ['johnnie', 'walker'],
    ['hey', 'jude'],
    ['mario', 'kart'],
    ['mary', 'jane'],
    ['dow', 'jones'],
    ['barnes', 'noble'],
    ['baskin', 'robbins'],
    ['jimmy', 'dean'],
    ['oscar', 'mayer'],
    ['marie', 'callender'],
    ['candy', 'crush'],
    ['angry', 'birds'],
  ].map(([one, other]) => [hashOf(one as string), hashOf(other as string)]),
);
const SECONDS: ReadonlySet<number> = new Set(PAIRS.values());

/** Whether the words from `first` to `last` are none of a name, all things considered. */
export function isDoubtful(doc: Doc, first: number, last: number, sure: number): boolean {
  if (first === last) return isDoubtfulAlone(doc, first, sure);
  if (isSide(doc, first) || isLettered(doc, first, last) || isPair(doc, last)) return true;
  if (CHURCH.has(doc.hash[last - 1]) && doc.lex[last] & Lex.Weekday) return true;
  let labels = 0;
  let small = 0;
  let letters = 0;
  let eponyms = 0;
  for (let t = first; t <= last; t++) {
    if (isLabel(doc, t)) labels++;
    if (isSmallWord(doc, t)) small++;
    if (isInitial(doc, t) && doc.gap[t + 1] !== Gap.Dot && doc.gap[t + 1] !== Gap.Stop) letters++;
    if (doc.lex[t] & (Lex.Eponym | Lex.Particle)) eponyms++;
  }
  const count = last - first + 1;
  // "no von Graefe"
  if (eponyms === count && sure < WEIGHED_SURE_MAX && isWeighed(doc, first, last)) return true;
  // "Med Rec", "su cita", "U/S"
  return labels === count || small === count || (letters === count && doc.gap[last] === Gap.Slash);
}

function isDoubtfulAlone(doc: Doc, t: number, sure: number): boolean {
  const lex = doc.lex[t];
  // "Um, let me look"
  if (doc.gap[t + 1] === Gap.Comma && HESITATION.has(doc.hash[t])) return true;
  if (isInitial(doc, t)) return !isLetterOfName(doc, t);
  if (isSmallWord(doc, t) || CLIPPED.has(doc.hash[t])) return true;
  if (doc.shape[t] === Shape.Upper && sure < SHORTHAND_SURE_MAX && SHORTHAND.has(doc.hash[t])) return true;
  // "EpiPen Jr"
  if (lex & Lex.Credential && (lex & NAMED) === 0) return true;
  // "| Field | Value |"
  if (doc.gap[t + 1] === Gap.Pipe && HEADINGS.has(doc.hash[t])) return true;
  // "Flrst name: Richard"
  if (doc.hash[t + 1] === NAME && doc.gap[t + 2] === Gap.Colon) return true;
  if (isLabel(doc, t)) return true;
  return (
    isHalf(doc, t) || (sure < WEIGHED_SURE_MAX && (lex & Lex.Eponym) !== 0 && isWeighed(doc, t, t)) || isMade(doc, t)
  );
}

/** Food, songs and feasts: "Wendy's burger", "Ben and Jerry's", "Whit Monday". */
function isMade(doc: Doc, t: number): boolean {
  const next = t + 1;
  if (doc.gap[next] === Gap.Apostrophe) return EATEN.has(doc.hash[next + 1]) || isPair(doc, t);
  if (doc.gap[next] === Gap.Blank && CHURCH.has(doc.hash[t]) && doc.lex[next] & Lex.Weekday) return true;
  return (t > 0 && doc.gap[t] === Gap.Blank && PLAYED.has(doc.hash[t - 1])) || isPair(doc, t);
}

/** Whether a token is the first or the second of a pair, with or without "and". */
function isPair(doc: Doc, t: number): boolean {
  const second = PAIRS.get(doc.hash[t]);
  if (second !== undefined && (doc.hash[t + 1] === second || (AND.has(doc.hash[t + 1]) && doc.hash[t + 2] === second)))
    return true;
  if (t === 0 || !SECONDS.has(doc.hash[t])) return false;
  const before = t > 1 && AND.has(doc.hash[t - 1]) ? t - 2 : t - 1;
  return doc.gap[t] !== Gap.Leaf && PAIRS.get(doc.hash[before]) === doc.hash[t];
}

/** Part of a label, but not "Mr. Holter", who has the name of a thing that is labelled. */
function isLabel({ flags, lex }: Doc, t: number): boolean {
  return (flags[t] & Flag.InLabel) !== 0 && (lex[t] & (TOPS | Lex.Eponym)) === 0;
}

function isSmallWord(doc: Doc, t: number): boolean {
  return (doc.shape[t] === Shape.Lower || doc.shape[t] === Shape.LowerOne) && SMALL_WORDS.has(doc.hash[t]);
}

/** "R TKA", "L MCA": a side, and what is on it. */
function isSide(doc: Doc, t: number): boolean {
  return (
    SIDES.has(doc.hash[t]) &&
    isInitial(doc, t) &&
    !isDotted(doc, t) &&
    doc.shape[t + 1] === Shape.Upper &&
    doc.end[t + 1] - doc.start[t + 1] <= SIDE_UNITS_MAX &&
    (doc.lex[t + 1] & TOPS) === 0
  );
}

/** "Vit K", "Quick Q" */
function isLettered(doc: Doc, first: number, last: number): boolean {
  return last === first + 1 && LETTERED.has(doc.hash[first]) && isInitial(doc, last) && !isDotted(doc, last);
}

/** "May-⟦Thurner⟧", "⟦Mallory⟧-Weiss": one half of an eponym that was not taken for a name. */
function isHalf({ gap, shape, tags, lex }: Doc, t: number): boolean {
  const eponym = lex[t] & Lex.Eponym;
  if (t > 0 && gap[t] === Gap.Hyphen && shape[t - 1] === Shape.Title && tags[t - 1] === 0)
    return ((eponym | lex[t - 1]) & Lex.Eponym) !== 0;
  return (
    gap[t + 1] === Gap.Hyphen &&
    shape[t + 1] === Shape.Title &&
    tags[t + 1] === 0 &&
    ((eponym | lex[t + 1]) & Lex.Eponym) !== 0
  );
}

/** "so ⟦Wilson⟧ less likely", "normal for ⟦Girdlestone⟧" */
function isWeighed({ gap, hash }: Doc, first: number, last: number): boolean {
  if (gap[last + 1] === Gap.Blank && WEIGHED_BEHIND.has(hash[last + 1])) return true;
  return first > 0 && (gap[first] === Gap.Blank || gap[first] === Gap.Stop) && WEIGHED_BEFORE.has(hash[first - 1]);
}
