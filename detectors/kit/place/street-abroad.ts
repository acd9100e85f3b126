/**
 * Streets abroad whose kind stands first and whose number stands last: "Via Garibaldi 31, Torino", "Calle de la Luna 22",
 * "Av. Paulista 1450". Bounded: a few words of name, one number, one town.
 */
import { type Doc, type Emit, Gap, Shape, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isCapitalised, isDigits, isWord, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { zipEnd } from './code.js';
import { Place, partOf } from './grammar.js';
import { STREET } from './rules.js';
import { isTown, townEnd } from './words.js';

const NAME_WORDS_MAX = 5;
const HOUSE_DIGITS_MAX = 4;
const KINDS = words(
  'via viale rue calle avenida av avda camino paseo allee allée chemin corso piazza piazzale strada vicolo largo rua travessa ulica ulitsa jalan quai carrera',
);

/** Whether the token is the kind of a street abroad. */
export const isKindAbroad = (doc: Doc, at: number): boolean => isCapitalised(doc, at) && KINDS.has(doc.hash[at]);

export function readAbroad(doc: Doc, at: number, emit: Emit): void {
  let number = -1;
  let named = false;
  for (let t = at + 1; t < doc.count && t - at <= NAME_WORDS_MAX + 1; t++) {
    const gap = doc.gap[t];
    const joined =
      gap === Gap.Blank || gap === Gap.Hyphen || gap === Gap.Apostrophe || (t === at + 1 && gap === Gap.Stop);
    if (isDigits(doc, t)) {
      if (named && (joined || gap === Gap.Comma) && lengthOf(doc, t) <= HOUSE_DIGITS_MAX) number = t;
      break;
    }
    if (!joined || !isWord(doc, t)) return;
    if (isCapitalised(doc, t)) named = named || (doc.lex[t] & Lex.Function) === 0;
    else if (!(partOf(doc, t) & Place.Inside)) return;
  }
  if (number < 0 || partOf(doc, number + 1) & Place.Measure || doc.gap[number + 1] === Gap.Dot) return;
  let last = number;
  const next = number + 1;
  // "12 B", "8/3"
  if (doc.gap[next] === Gap.Blank && doc.shape[next] === Shape.UpperOne) last = next;
  else if ((doc.gap[next] === Gap.Slash || doc.gap[next] === Gap.Hyphen) && isDigits(doc, next)) last = next;
  emit(doc.start[at], doc.end[townBehind(doc, last)], STREET, 0.85);
}

/** The last token of the town behind a comma, with its code, or the token itself. */
function townBehind(doc: Doc, last: number): number {
  const t = last + 1;
  if (t >= doc.count || doc.gap[t] !== Gap.Comma) return last;
  const code = zipEnd(doc, t);
  const town = code >= 0 ? code + 1 : t;
  if (code >= 0 && (town >= doc.count || doc.gap[town] !== Gap.Blank)) return code;
  if (town < doc.count && isCapitalised(doc, town) && (code >= 0 || isTagged(doc, town) || isTown(doc, town))) {
    const end = townEnd(doc, town);
    if (end >= 0) return end;
  }
  return code >= 0 ? code : last;
}

const isTagged = ({ tags }: Doc, at: number): boolean => tags[at] === Tag.Place || tags[at] === Tag.Place + 1;
