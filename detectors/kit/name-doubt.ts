/** What the tagger takes for a name and is none: sides and routes, letters of vitamins, halves of eponyms, diagnoses that are weighed, labels, hasty spelling. */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { isLetterOfName } from './name-edge.js';
import { isDotted, isInitial, NAMED } from './person.js';
import { WordSet } from './word-set.js';

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
  'less likely unlikely neg negative positive procedure speculum retractor plate excluded again triad sign',
);
const WEIGHED_SURE_MAX = 0.9;
/** Words in small letters that lists of names have all the same: hasty spelling, and Spanish. */
const SMALL_WORDS = new WordSet(
  'su sus el los las es soy estoy una unas con para por favor mi mis que cita hola usted tu del al lo les nos cu u ur luv fone nite vaca cuz coz bc frm thru theres til tmrw tmw lil omg omw lol pls plz thx ty tho dunno gonna wanna gotta kinda lemme lunes martes jueves viernes manana hoy ahora tarde noche ser er ed',
);

/** Shorthand of charts that is a surname in other cases. */
const SHORTHAND = new WordSet('rai eng nas loa soc hi ha an so do er ed min max med ref rel req fam ser nat mar sun mon sat');
const SHORTHAND_SURE_MAX = 0.95;

/** Whether the words from `first` to `last` are none of a name, all things considered. */
export function isDoubtful(doc: Doc, first: number, last: number, sure: number): boolean {
  if (first === last) return isDoubtfulAlone(doc, first, sure);
  if (isSide(doc, first) || isLettered(doc, first, last)) return true;
  let labels = 0;
  let small = 0;
  let letters = 0;
  for (let t = first; t <= last; t++) {
    if (doc.flags[t] & Flag.InLabel && (doc.lex[t] & TOPS) === 0) labels++;
    if (isSmallWord(doc, t)) small++;
    if (isInitial(doc, t) && doc.gap[t + 1] !== Gap.Dot && doc.gap[t + 1] !== Gap.Stop) letters++;
  }
  const count = last - first + 1;
  // "Med Rec", "su cita", "U/S"
  return labels === count || small === count || (letters === count && doc.gap[last] === Gap.Slash);
}

function isDoubtfulAlone(doc: Doc, t: number, sure: number): boolean {
  const lex = doc.lex[t];
  if (isInitial(doc, t)) return !isLetterOfName(doc, t);
  if (isSmallWord(doc, t)) return true;
  if (doc.shape[t] === Shape.Upper && sure < SHORTHAND_SURE_MAX && SHORTHAND.has(doc.hash[t])) return true;
  // "EpiPen Jr"
  if (lex & Lex.Credential && (lex & NAMED) === 0) return true;
  if (doc.flags[t] & Flag.InLabel && (lex & TOPS) === 0) return true;
  return isHalf(doc, t) || (sure < WEIGHED_SURE_MAX && (lex & Lex.Eponym) !== 0 && isWeighed(doc, t));
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
function isWeighed({ gap, hash }: Doc, t: number): boolean {
  if (gap[t + 1] === Gap.Blank && WEIGHED_BEHIND.has(hash[t + 1])) return true;
  return t > 0 && (gap[t] === Gap.Blank || gap[t] === Gap.Stop) && WEIGHED_BEFORE.has(hash[t - 1]);
}
