/** The edges of a run of name-like tokens: initials and particles before it, lone capitals behind it that are no initials. */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import type { Run } from './name-run.js';
import { Says, says } from './name-words.js';
import { isDotted, isInitial, isParticle, isPronoun } from './person.js';

/** Initials and particles before the first name, at most. */
const BEFORE_MAX = 3;
const PERSON_BEFORE = Lex.Role | Lex.Title | Lex.Relation | Lex.PersonCue;

/** Letters behind a name that are no initials: "met Martha I think", "Martha A 10 mg dose", "Tobin Marsh K 5.8". */
export function trim(doc: Doc, run: Run): void {
  while (run.last > run.core && isInitial(doc, run.last) && doc.gap[run.last + 1] === Gap.Blank) {
    const next = doc.shape[run.last + 1];
    if (!isPronoun(doc, run.last) && (next < Shape.Digits1 || next > Shape.Digits3)) break;
    run.last--;
    run.initials--;
  }
}

/** Takes in initials and particles that stand before the run's first token. */
export function reachBack(doc: Doc, at: number, run: Run): void {
  let first = at;
  for (let steps = 0; steps < BEFORE_MAX && first > 0; steps++) {
    const gap = doc.gap[first];
    const t = first - 1;
    if (isInitial(doc, t)) {
      if (!leads(doc, t, gap)) break;
      if (gap !== Gap.Apostrophe && gap !== Gap.Hyphen) run.initials++;
    } else if (isParticle(doc, t) && doc.shape[t] !== Shape.Upper) {
      if (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe) break;
      if (doc.gap[t] === Gap.Apostrophe || doc.lex[t] & (Lex.PlaceWord | Lex.Street)) break;
    } else break;
    first = t;
  }
  run.first = first;
}

/** Whether the lone capital at `t`, with `gap` behind it, is an initial of the name that follows. */
function leads(doc: Doc, t: number, gap: number): boolean {
  const free = t === 0 || doc.gap[t] !== Gap.Blank;
  if (isDotted(doc, t)) return free || !isLettered(doc, t - 1);
  if (gap === Gap.Apostrophe || gap === Gap.Hyphen) return true;
  if (gap !== Gap.Blank || isPronoun(doc, t) || doc.flags[t] & Flag.SentenceStart) return false;
  return free || (doc.lex[t - 1] & PERSON_BEFORE) !== 0;
}

/** Hepatitis B, size M: what makes a grade or a type of the letter behind it. */
function isLettered(doc: Doc, at: number): boolean {
  if (doc.lex[at] & Lex.Role) return false;
  return (doc.lex[at] & (Lex.Medical | Lex.Drug)) !== 0 || (says(doc, at) & Says.Lettered) !== 0;
}
