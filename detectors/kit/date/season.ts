/**
 * Whether a month is the time of year of something in general: of the weather, a crop, a trade, an illness that comes round. Looks at
 * a fixed number of tokens of the same sentence, in which nobody is spoken of.
 */
import { type Doc, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { words } from '../word-set.js';
import { WordTable } from '../words.js';
import { endsBefore, Say, says } from './words.js';

const BACK = 14;
const AHEAD = 8;

const enum Year {
  /** Says it alone. */
  Nature = 1,
  /** Says it of what is so, not of what was. */
  Habit = 2,
  Past = 4,
  /** Is no person here: anybody. */
  Anybody = 8,
}

const WORDS = new WordTable([
  [
    Year.Nature,
    `rain rains rained raining rainy rainfall snow snows snowed snowing snowy sunny sunshine weather harvest harvests crop crops garden gardens
    tomatoes bloom blooms bloomed frost frosts pollen sales rents tourists tourism traffic daylight monsoon drought hay mosquitoes ticks`,
  ],
  [
    Year.Habit,
    `possible likely unlikely common commonly rare rarely thing peak peaks circulate circulates circulating occur occurs happen happens quiet busy slow slower busier often never usually normally generally tends tend rise rises spread spreads spreading endemic transmitted`,
  ],
  [Year.Past, 'was were had did been'],
  [Year.Anybody, 'you your we our us'],
]);

/** Whether the month at `m` is a season of the year, and of nobody's. */
export function isSeason(doc: Doc, m: number): boolean {
  let seen = 0;
  for (let t = m; t > 0 && m - t < BACK && !endsBefore(doc, t); t--) {
    if (isSomeone(doc, t - 1)) return false;
    seen |= WORDS.get(doc.hash[t - 1] | 0);
  }
  for (let t = m + 1; t < doc.count && t - m <= AHEAD && !endsBefore(doc, t); t++) {
    if (isSomeone(doc, t)) return false;
    seen |= WORDS.get(doc.hash[t] | 0);
  }
  return (seen & Year.Nature) !== 0 || ((seen & Year.Habit) !== 0 && (seen & Year.Past) === 0);
}

const isSomeone = (doc: Doc, t: number): boolean =>
  ((says(doc, t) & Say.Person) !== 0 && (WORDS.get(doc.hash[t] | 0) & Year.Anybody) === 0) ||
  (doc.lex[t] & (Lex.Relation | Lex.Title)) !== 0 ||
  doc.tags[t] === Tag.Name;

const PUBLIC_BACK = 7;
const PUBLIC = words('act law bill code rule policy guideline notice standard mandate');

/** Whether the sentence before a labelled date begins with a thing in general: "the act was signed on". */
export function isPublic(doc: Doc, first: number): boolean {
  let thing = false;
  for (let t = first; t > 0 && first - t < PUBLIC_BACK && !endsBefore(doc, t); t--) {
    if (isSomeone(doc, t - 1) || says(doc, t - 1) & Say.Cover) return false;
    if (PUBLIC.has(doc.hash[t - 1])) thing = true;
  }
  return thing;
}
