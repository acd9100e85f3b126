/**
 * Whose identifiers they are, as far as the message and the directory tell: the subject's is the patient that the message
 * is said to be about; somebody else's a chart number of another, or an address that the directory has for another.
 */
import { CHANNELS, type Channel } from '../directory/directory.js';
import type { Finding } from '../engine/finding.js';
import type { Case } from './scanner.js';

/** Kinds of chart numbers by which a patient may be named. */
const CHART_KINDS: ReadonlySet<string> = new Set(['mrn', 'patient-id']);

/** In which channel an address of a category is known; texts go to telephones. */
export const CHANNEL_OF: Readonly<Partial<Record<Finding['category'], Channel>>> = {
  phone: 'phone',
  fax: 'fax',
  email: 'email',
};

/** Positions of findings that are another person's. */
export function ofOthers(one: Case): readonly number[] {
  return one.findings.flatMap((finding, i) => (isOthers(one, finding) ? [i] : []));
}

function isOthers(one: Case, finding: Finding): boolean {
  const { claims, directory, content, now } = one;
  const { patient, tenant } = claims;
  if (patient === undefined) return false;
  const value = content.slice(finding.start, finding.end);
  if (finding.category === 'mrn' && CHART_KINDS.has(finding.kind)) {
    return !samePatient(value, patient) && alike(value, patient);
  }
  const channel = CHANNEL_OF[finding.category];
  if (channel === undefined || directory.standing(tenant, patient, channel, value, now) !== 'other') return false;
  // A clinic's own number is known too, and nobody's secret.
  return !directory.verified(tenant, channel, value, now);
}

/** Two ways to write one patient's id: `Patient/123` is FHIR's for `123`. */
export function samePatient(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(id: string): string {
  return id
    .trim()
    .replace(/^Patient\//, '')
    .replace(/[\s-]+/g, '')
    .toLowerCase();
}

/** Whether two ids are of one numbering: a chart number says nothing against a patient who is named otherwise. */
function alike(a: string, b: string): boolean {
  return shape(plain(a)) === shape(plain(b));
}

function shape(id: string): string {
  return id.replace(/\p{L}/gu, 'A').replace(/\p{N}/gu, '9');
}

export function isChannel(word: string | undefined): word is Channel {
  return (CHANNELS as readonly (string | undefined)[]).includes(word);
}
