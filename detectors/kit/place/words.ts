/**
 * Small tests on the words of a place's name: whether one is a proper name, a town by its form, and where a name ends. All
 * look at a few tokens only.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { isCapitalised, isWord, lengthOf } from '../read.js';
import { stateEnd } from './code.js';
import { Place, partOf } from './grammar.js';

const NEW = hashOf('new');
const YORK = hashOf('york');

/** Endings of towns' names, longest first by length; read against the end of a token. */
const ENDINGS = (
  'ford field ton ville burg burgh wood haven port bridge mere wick fold shire dale vale mouth stead bury borough boro hurst ' +
  'worth combe minster chester caster cliff crest brook creek view mont polis thorpe fen heath moor gate quay bay falls springs ' +
  'ridge shore glen grove hill lake meadow hollow crossing'
)
  .split(' ')
  .map((ending) => Uint16Array.from(ending, (letter) => letter.charCodeAt(0)));

const ENDINGS_BY_LAST: readonly Uint16Array[][] = Array.from({ length: 26 }, (_, letter) =>
  ENDINGS.filter((ending) => ending[ending.length - 1] === 0x61 + letter),
);
/** Letters that have to stand before the ending. */
const STEM_MIN = 2;

/** Whether a word ends like the name of a town: Everfield, Hazelwick. */
export function endsLikeTown(doc: Doc, at: number): boolean {
  const { text } = doc;
  const end = doc.end[at];
  const last = (text[end - 1] | 32) - 0x61;
  if (last < 0 || last > 25) return false;
  for (const ending of ENDINGS_BY_LAST[last]) {
    let k = ending.length;
    if (end - doc.start[at] < k + STEM_MIN) continue;
    while (k > 0 && (text[end - ending.length + k - 1] | 32) === ending[k - 1]) k--;
    if (k === 0) return true;
  }
  return false;
}

/** Classes of words that do not name a place by themselves. */
const PLAIN =
  Lex.Common |
  Lex.Medical |
  Lex.Drug |
  Lex.Function |
  Lex.Month |
  Lex.Weekday |
  Lex.Title |
  Lex.Role |
  Lex.Relation |
  Lex.NumberWord |
  Lex.Demonym |
  Lex.Credential;

/** A capitalised word that could be a proper name: no word of grammar, medicine or the calendar. */
export function isProper(doc: Doc, at: number): boolean {
  if (!isCapitalised(doc, at) || lengthOf(doc, at) < 2) return false;
  const lex = doc.lex[at];
  return (lex & PLAIN) === 0 || (lex & (Lex.CityTop | Lex.County)) !== 0;
}

/** A word that says by itself that it names a town. */
export function isTown(doc: Doc, at: number): boolean {
  const lex = doc.lex[at];
  if (lex & Lex.City) return (lex & (Lex.Function | Lex.Month)) === 0;
  return (lex & (PLAIN | Lex.Word | Lex.State | Lex.Country)) === 0 && endsLikeTown(doc, at);
}

/** Whether the gap before a token keeps it in the same name: "Winston-Salem", "O'Fallon", "St. Paul". */
export function joinsName(doc: Doc, at: number): boolean {
  const gap = doc.gap[at];
  if (gap === Gap.Blank || gap === Gap.Hyphen || gap === Gap.Apostrophe) return true;
  return (
    (gap === Gap.Stop || gap === Gap.Dot) &&
    lengthOf(doc, at - 1) <= 3 &&
    (partOf(doc, at - 1) & (Place.Saint | Place.Compass)) !== 0
  );
}

/** Gaps that end a name or a line of an address for good. */
const WALLS =
  (1 << Gap.Leaf) |
  (1 << Gap.Colon) |
  (1 << Gap.Equals) |
  (1 << Gap.Pipe) |
  (1 << Gap.At) |
  (1 << Gap.Underscore) |
  (1 << Gap.Plus);

/** Whether nothing before a token can belong to the same address. */
export function isWall(doc: Doc, at: number): boolean {
  return ((1 << doc.gap[at]) & WALLS) !== 0 || doc.shape[at] === Shape.Redacted;
}

/** The last token of the town's name that begins at a token, or -1. Capitalised, at most four words. */
export function townEnd(doc: Doc, at: number, lower = false): number {
  let last = -1;
  for (let t = at; t < doc.count && t - at < TOWN_WORDS_MAX; t++) {
    if (t > at && !joinsName(doc, t)) break;
    if (!isWord(doc, t)) break;
    const part = partOf(doc, t);
    const lex = doc.lex[t];
    // "Fond du Lac", "Manchester-by-the-Sea".
    const inside = t > at && !isCapitalised(doc, t) && ((part & Place.Inside) !== 0 || doc.gap[t] === Gap.Hyphen);
    if (!inside && !isCapitalised(doc, t) && !(lower && lex & Lex.City)) break;
    if (!inside && lex & (Lex.Function | Lex.Month | Lex.Weekday) && (part & Place.Saint) === 0 && t > at) break;
    if (!inside && doc.flags[t] & Flag.InLabel && fieldFollows(doc, t)) break;
    // What follows without a comma may be the next heading: "Fairwater Temperature".
    if (
      t > at &&
      doc.gap[t] !== Gap.Hyphen &&
      lex & (Lex.Common | Lex.Medical | Lex.Drug | Lex.Role) &&
      !(lex & (Lex.City | Lex.PlaceWord)) &&
      !(part & (Place.Noun | Place.Saint))
    )
      break;
    if (!inside) last = t;
  }
  return last;
}

/** Whether a label's last words are at a token, so that it is the name of the next field rather than part of a value. */
export function fieldFollows(doc: Doc, at: number): boolean {
  for (let t = at; t < doc.count && t - at < 3; t++) {
    const gap = doc.gap[t + 1];
    if (gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe) return true;
    if ((doc.flags[t + 1] & Flag.InLabel) === 0) return false;
  }
  return false;
}

const TOWN_WORDS_MAX = 5;

/** Whether the words before a token say that somebody is or goes there. */
export function cued(doc: Doc, at: number): boolean {
  if (at === 0 || doc.gap[at] === Gap.Leaf) return false;
  if (doc.gap[at] === Gap.At) return true;
  if (doc.gap[at] !== Gap.Blank && doc.gap[at] !== Gap.Line) return false;
  return (partOf(doc, at - 1) & Place.Toward) !== 0;
}

/** A name of a town that is also the name of a state, and means the state when it stands alone. */
export function isStateOnly(doc: Doc, from: number, to: number): boolean {
  if (doc.hash[from] === NEW && doc.hash[to] === YORK) return false;
  for (let t = from; t <= to; t++) if ((doc.lex[t] & Lex.State) === 0) return false;
  return true;
}

/** A country or continent, which some town may be called after: a state behind it tells. */
export function isCountry(doc: Doc, at: number, last: number): boolean {
  if ((doc.lex[at] & (Lex.Country | Lex.Demonym)) === 0 || doc.lex[at] & Lex.CityTop) return false;
  return (
    (doc.lex[last] & (Lex.Country | Lex.Demonym)) !== 0 &&
    (doc.gap[last + 1] !== Gap.Comma || stateEnd(doc, last + 1) < 0)
  );
}
