/**
 * A tool result or a context that holds several patients: only the subject's part may pass, the rest is taken out as a whole, since
 * what is left of a record without its identifiers is still somebody's. Many patients at once are an incident of their own.
 */
import type { PiiRule } from '../policy/rule.js';
import { mixtureOf, notOf, type Segment } from '../roster/segments.js';
import { CROSS_CHECK } from './other-patients.js';
import { type Case, type Clause, NONE, Question, type Said } from './scanner.js';
import { whoseOf } from './whose.js';

export function mixedRecords(clause: Clause<PiiRule>, one: Case): readonly Said[] {
  const { surface, patient } = one.claims;
  if (!clause.crossPatient || (surface !== 'tool_result' && surface !== 'context')) return NONE;
  const { patientsMax, action = clause.action } = clause.crossCheck ?? CROSS_CHECK;
  if (action === 'allow') return NONE;
  const { patients } = one.ask(mixtureIn);
  const excise = patient === undefined ? NONE : one.ask(othersParts);
  if (patients <= patientsMax && excise.length === 0) return NONE;
  const said: Said[] = [];
  // What is taken out raises no incident of itself; so many patients at once do.
  if (patients > patientsMax)
    said.push({
      action: action === 'redact' ? 'alert' : action,
      code: 'bulk-retrieval',
      facts: { patients },
    });
  if (excise.length > 0) said.push({ action, code: 'mixed-record', facts: { patients, parts: excise.length }, excise });
  return said;
}

export const mixtureIn = new Question(({ findings, content }) => mixtureOf(findings, content));

/** Parts that are not the subject's, if the message says whose it is. */
const othersParts = new Question((one): readonly Segment[] => {
  const { patient } = one.claims;
  const mixture = one.ask(mixtureIn);
  if (patient === undefined || mixture.segments.length === 0) return NONE;
  return notOf(mixture, [patient]).filter((part) => !one.ask(whoseOf).isSubject(part.patient));
});
