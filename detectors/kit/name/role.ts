/** Who somebody is, by the words right before and behind a name: a clinician, a patient, a relative. */
import { type Doc, Gap } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { WordSet } from '../word-set.js';

/** Positions in the list of kinds of the name detector. */
export const enum Who {
  Unknown = 0,
  Patient = 1,
  Clinician = 2,
  Relative = 3,
}

const PATIENTS = new WordSet('patient patients pt pts client resident member');
const DOCTORS = new WordSet('dr dra doctor doc prof professor');

export function roleOf(doc: Doc, first: number, last: number): Who {
  if (doc.gap[last + 1] === Gap.Comma && doc.lex[last + 1] & Lex.Credential) return Who.Clinician;
  if (first === 0 || doc.gap[first] === Gap.Leaf) return Who.Unknown;
  const before = first - 1;
  const word = doc.hash[before] | 0;
  if (PATIENTS.has(word)) return Who.Patient;
  if (doc.lex[before] & Lex.Relation) return Who.Relative;
  return DOCTORS.has(word) || doc.lex[before] & Lex.Role ? Who.Clinician : Who.Unknown;
}
