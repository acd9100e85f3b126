/**
 * Hospitals that are called after a saint or a mountain and need no head noun where somebody is or goes: "St. Vincent's",
 * "Mt. Sinai", and "at st vincents" in chat.
 */
import { type Doc, type Emit, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { branchEnd } from './hospital.js';
import { Place, partOf } from './place-grammar.js';
import { FACILITY } from './place-rules.js';
import { cued, isProper } from './place-words.js';
import { isCapitalised, isDigits, lengthOf } from './read.js';

/** St. Vincent's, Mt. Sinai: hospitals that need no head noun where somebody is or goes. */
export function readSaint(doc: Doc, at: number, emit: Emit): void {
  if (!(doc.gap[at + 1] === Gap.Stop || doc.gap[at + 1] === Gap.Blank || doc.gap[at + 1] === Gap.Dot)) return;
  const name = at + 1;
  if (name >= doc.count || !isCapitalised(doc, name) || !isProper(doc, name)) return;
  const own = doc.gap[name + 1] === Gap.Apostrophe && lengthOf(doc, name + 1) === 1 ? name + 1 : name;
  const last = branchEnd(doc, own);
  // "St. Joe's Tacoma" says by itself that it is one of several.
  if (!cued(doc, at) && last === own && !isDatedOrWard(doc, last + 1)) return;
  if (partOf(doc, last + 1) & (Place.Company | Place.HeadWeak) || doc.lex[last + 1] & (Lex.Medical | Lex.Facility)) {
    if (doc.gap[last + 1] === Gap.Blank && !isCapitalised(doc, last + 1)) return;
  }
  emit(doc.start[at], doc.end[last], FACILITY, 0.7);
}

/** "St. Agnes 12/11 path", "St. Agnes ICU" */
function isDatedOrWard(doc: Doc, at: number): boolean {
  if (doc.gap[at] !== Gap.Blank) return false;
  return isDigits(doc, at) ? doc.gap[at + 1] === Gap.Slash : (partOf(doc, at) & Place.Ward) !== 0;
}

/** "at st vincents": chat writes saints' hospitals so. */
export function readLowerSaint(doc: Doc, at: number, emit: Emit): void {
  const name = at + 1;
  if (
    !(doc.gap[name] === Gap.Blank || doc.gap[name] === Gap.Stop) ||
    doc.shape[name] !== Shape.Lower ||
    lengthOf(doc, name) < 4
  )
    return;
  const lex = doc.lex[name];
  if (!(lex & (Lex.Given | Lex.Surname | Lex.City)) || lex & (Lex.Word | Lex.Common | Lex.Medical)) return;
  const last = branchEnd(doc, name);
  if (last > name + 1 || cued(doc, at)) emit(doc.start[at], doc.end[last], FACILITY, 0.6);
}
