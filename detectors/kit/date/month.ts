/**
 * Whether a month without day and year stands for a time in somebody's life, and which sort of date the words before one
 * make it. Looks at a fixed number of tokens of the same sentence.
 */
import { type Doc, Gap } from '../../contract.js';
import { hashOf } from '../hash.js';
import { hasDigit, isCapitalised } from '../read.js';
import { words } from '../word-set.js';
import { WordTable } from '../words.js';
import { endsBefore, Say, says } from './words.js';

const KIND_BACK = 5;
const OF = hashOf('of');

const enum Month {
  /** A verb when it is written small. */
  Verb = 1,
  /** Something else when it is written small. */
  Short = 2,
  /** A given name, or something else. */
  Name = 4,
  /** Goes on after `may` and `march` where they are months. */
  Next = 8,
  /** Before `April` also words before a person. */
  LooseCue = 16,
  /** Before a small `may` or `march`. */
  ThisNext = 32,
}

const WORDS = new WordTable([
  [Month.Verb, 'may march'],
  [Month.Short, 'mar sep dec oct jan'],
  [Month.Name, 'april may june august jan'],
  [Month.Next, 'and i when with he she after due at because for to but we my now it they was is until through'],
  [Month.LooseCue, 'by from this about after before around during through'],
  [Month.ThisNext, 'this next by from about'],
]);

/** Whether a month without day and year stands for a time in somebody's life: since March, in early May, last December. */
export function isMonthContext(doc: Doc, m: number): boolean {
  const t = m - 1;
  if (t < 0 || (doc.gap[m] !== Gap.Blank && doc.gap[m] !== Gap.Hyphen)) return false;
  if (isOfEvent(doc, m)) return true;
  const said = says(doc, t);
  const before = t > 0 ? says(doc, t - 1) : 0;
  const part = doc.hash[t] === OF && before & Say.MonthPart;
  if (!(said & Say.MonthCue) && !part) return false;
  if ((said | before) & Say.Yearly) return false;
  const month = WORDS.get(doc.hash[m] | 0);
  const cue = WORDS.get(doc.hash[t] | 0);
  const small = !isCapitalised(doc, m);
  if (small && month & Month.Short) return false;
  if (month & Month.Name && cue & Month.LooseCue) return false;
  if (small && month & Month.Verb) {
    if (cue & Month.ThisNext) return false;
    const next = m + 1;
    return next >= doc.count || doc.gap[next] !== Gap.Blank || (WORDS.get(doc.hash[next] | 0) & Month.Next) !== 0;
  }
  // "from October through March" is a season.
  return !isYearly(doc, m);
}

const WHOSE = words('her his my their your our for the this that');

/** "her March visit", "scheduled for Nov. surgery" */
function isOfEvent(doc: Doc, m: number): boolean {
  const next = m + 1;
  const gap = doc.gap[next];
  if (next >= doc.count || !isCapitalised(doc, m) || !WHOSE.has(doc.hash[m - 1])) return false;
  if (gap !== Gap.Blank && !(gap === Gap.Stop && !isCapitalised(doc, next))) return false;
  const said = says(doc, next);
  return (said & Say.Event) !== 0 && (said & Say.Neutral) === 0 && !isYearly(doc, m);
}

function isYearly(doc: Doc, m: number): boolean {
  for (let t = m + 1; t < doc.count && t - m <= 4 && !endsBefore(doc, t); t++)
    if (says(doc, t) & Say.Yearly) return true;
  for (let t = m - 1; t >= 0 && m - t <= 6; t--) {
    if (says(doc, t) & Say.Yearly) return true;
    if (endsBefore(doc, t)) break;
  }
  return false;
}

/** `birth`, `death` or `date`, by the words shortly before. */
export function kindBefore(doc: Doc, first: number): 'birth' | 'death' | 'date' {
  for (let t = first - 1; t >= 0 && first - t <= KIND_BACK; t--) {
    if (hasDigit(doc, t)) break;
    const said = says(doc, t);
    if (said & Say.Birth) return 'birth';
    if (said & Say.Death) return 'death';
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop) break;
  }
  return 'date';
}
