/** The rules of other identifiers: their forms, and one for each kind of label. */
import type { Rule } from '../../contract.js';

export const UUID: Rule = {
  name: 'other-id.uuid',
  kind: 'uuid',
  confidence: 0.86,
  about: 'A universally unique identifier (RFC 9562), with its urn:uuid: if there is one',
};
export const REFERENCE: Rule = {
  name: 'other-id.resource',
  kind: 'resource',
  confidence: 0.88,
  about: 'The id in a reference to a FHIR resource that concerns a person: Patient/4820',
};
export const ACCESSION: Rule = {
  name: 'other-id.accession-form',
  kind: 'accession',
  confidence: 0.75,
  about: 'A pathology accession: letters, two digits of the year, a hyphen and a number',
};
export const PREFIXED: Rule = {
  name: 'other-id.prefix',
  kind: 'prefix',
  confidence: 0.8,
  about: 'A code that begins with EMP, ENC, REF or their like',
};
export const JWT: Rule = { name: 'other-id.jwt', kind: 'token', confidence: 0.9, about: 'A JSON web token' };
export const CUED: Rule = {
  name: 'other-id.near-word',
  kind: 'case',
  confidence: 0.8,
  about: 'A code in the same clause as a word of this category',
};
export const UNEXPLAINED: Rule = {
  name: 'other-id.unexplained',
  kind: 'unexplained',
  confidence: 0.55,
  about: 'A code that nothing around it explains, in a form that hardly anything but an identifier has',
};
const rule = (kind: string, about: string, confidence = 0.94): Rule => ({
  name: `other-id.${kind}`,
  kind,
  confidence,
  about,
});

export const RULES: Readonly<Record<string, Rule>> = {
  accession: rule('accession', 'A code after an accession, specimen or laboratory label'),
  encounter: rule('encounter', 'A code after an encounter, visit or appointment label'),
  order: rule('order', 'A code after an order, requisition, prescription or document label'),
  study: rule('study', 'A code after a study, subject or registry label'),
  case: rule('case', 'A code after a case, referral, authorization or reference label'),
  employee: rule('employee', 'A code after an employee, student or military label'),
  national: rule('national', "A code after the label of a tax number or another country's national id"),
  user: rule('user', 'A user name after its label', 0.9),
  token: rule('token', 'A session or access token after its label', 0.93),
  word: rule('word', 'An id-like code right behind "specimen", "subject" or "participant"', 0.86),
  filed: rule('filed', 'A code behind "enrolled as", "filed under" or their like', 0.8),
  many: rule('many', 'The first code of a list behind "orders" or "tubes"', 0.8),
  handle: rule('handle', 'A name with an at sign behind the name of a social network', 0.85),
  generic: rule('generic', 'An id-like code behind "ID" or "reference"', 0.84),
};
