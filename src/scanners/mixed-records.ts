/**
 * A tool result or a context that holds several patients: only the subject's part may pass, the rest is taken out as a whole, since
 * what is left of a record without its identifiers is still somebody's. Many patients at once are an incident of their own.
 */
import type { PiiRule } from '../policy/rule.js';
import { type Mixture, mixtureOf, notOf } from '../roster/segments.js';
import { CROSS_CHECK } from './other-patients.js';
import type { Case, Clause, Said } from './scanner.js';
import { whoseOf } from './whose.js';

export function mixedRecords(clause: Clause<PiiRule>, one: Case): readonly Said[] {
  const { surface, patient } = one.claims;
  if (!clause.crossPatient || (surface !== 'tool_result' && surface !== 'context')) return [];
  const { patientsMax, action = clause.action } = clause.crossCheck ?? CROSS_CHECK;
  if (action === 'allow') return [];
  const mixture = one.ask(mixtureIn);
  const { patients } = mixture;
  const said: Said[] = [];
  // What is taken out raises no incident of itself; so many patients at once do.
  if (patients > patientsMax)
    said.push({
      action: action === 'redact' ? 'alert' : action,
      code: 'bulk-retrieval',
      facts: { patients },
    });
  const excise =
    patient === undefined ? [] : notOf(mixture, [patient]).filter((part) => !one.ask(whoseOf).isSubject(part.patient));
  if (excise.length > 0) said.push({ action, code: 'mixed-record', facts: { patients, parts: excise.length }, excise });
  return said;
}

/** Asked of a case. */
export function mixtureIn({ findings, content }: Case): Mixture {
  return mixtureOf(findings, content);
}
