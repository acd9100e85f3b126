/**
 * Whose identifiers they are, as far as the message and the directory tell: the subject's is the patient that the message
 * is said to be about; somebody else's a chart number of another, or an address that the directory has for another.
 */
import { CHANNELS, type Channel } from '../directory/directory.js';
import type { Finding } from '../engine/finding.js';
import { addressesOf } from './addresses.js';
import { type Case, NONE, Question } from './scanner.js';

/** Kinds of chart numbers by which a patient may be named. */
const CHART_KINDS: ReadonlySet<string> = new Set(['mrn', 'patient-id']);

/** An id that is in the form already in which they are compared. */
const PLAIN = /^[a-z0-9]*$/;

const DASHED = /^[A-Za-z0-9-]*$/;

/** In which channel an address of a category is known; texts go to telephones. */
export const CHANNEL_OF: ReadonlyMap<Finding['category'], Channel> = new Map([
  ['phone', 'phone'],
  ['fax', 'fax'],
  ['email', 'email'],
]);

/** The patient whose conversation it is said to be, in the forms that ids are compared in. */
export class Subject {
  private form: string | undefined;

  constructor(private readonly patient: string) {}

  /** Two ways to write one patient's id: `Patient/123` is FHIR's for `123`. */
  is(id: string): boolean {
    return id === this.patient || (isSameId(id, this.patient) ?? plain(id) === this.plain);
  }

  private get plain(): string {
    return (this.form ??= plain(this.patient));
  }

  /** Whether an id is of the same numbering: a chart number says nothing against a patient who is named otherwise. */
  isNumberedAs(id: string): boolean {
    return alike(plain(id), this.plain);
  }

  /** Whether an id is another patient's. */
  isNot(id: string): boolean {
    return !this.is(id) && this.isNumberedAs(id);
  }
}

export const subjectOf = new Question(({ claims: { patient } }) =>
  patient === undefined ? undefined : new Subject(patient),
);

/** Positions of findings that are another person's. */
export const ofOthers = new Question((one): readonly number[] => {
  const subject = one.ask(subjectOf);
  if (subject === undefined) return NONE;
  let positions: number[] | undefined;
  one.findings.forEach((finding, i) => {
    if (isOthers(one, subject, finding)) (positions ??= []).push(i);
  });
  return positions ?? NONE;
});

function isOthers(one: Case, subject: Subject, finding: Finding): boolean {
  const { category, start, end } = finding;
  if (isChart(finding)) return subject.isNot(one.content.slice(start, end));
  const channel = CHANNEL_OF.get(category);
  if (channel === undefined) return false;
  const address = one.ask(addressesOf).of(channel, one.content.slice(start, end));
  // A clinic's own number is known too, and nobody's secret.
  return !address.verified && address.standing === 'other';
}

/** Numbers of charts in the content that are of the subject's numbering, and not the subject's. */
export const chartsOfOthers = new Question((one): readonly string[] => {
  const subject = one.ask(subjectOf);
  if (subject === undefined) return NONE;
  let charts: string[] | undefined;
  for (const finding of one.findings) {
    if (!isChart(finding)) continue;
    const value = one.content.slice(finding.start, finding.end);
    if (subject.isNot(value)) (charts ??= []).push(value);
  }
  return charts ?? NONE;
});

/** Patients that the content names by numbers of charts, each once: of the numbering of the one whose it is said to be. */
export function patientsOf(one: Case): readonly string[] {
  const subject = one.ask(subjectOf);
  const found = new Map<string, string>();
  for (const finding of one.findings) {
    if (!isChart(finding)) continue;
    const value = one.content.slice(finding.start, finding.end);
    if (subject === undefined || subject.is(value) || subject.isNumberedAs(value)) found.set(plain(value), value);
  }
  return [...found.values()];
}

function isChart({ category, kind }: Finding): boolean {
  return category === 'mrn' && CHART_KINDS.has(kind);
}

function plain(id: string): string {
  if (PLAIN.test(id)) return id;
  if (DASHED.test(id)) return id.replaceAll('-', '').toLowerCase();
  return id
    .trim()
    .replace(/^Patient\//, '')
    .replace(/[\s-]+/g, '')
    .toLowerCase();
}

/** Whether two ids are the same but for blanks, dashes and capitals; undefined where more than ASCII or a path is in them. */
function isSameId(one: string, other: string): boolean | undefined {
  let i = 0;
  let j = 0;
  for (; ; i++, j++) {
    while (isGap(one.charCodeAt(i))) i++;
    while (isGap(other.charCodeAt(j))) j++;
    // Behind the end there is no number, which is equal to none.
    const a = one.charCodeAt(i);
    const b = other.charCodeAt(j);
    if (a > LAST_ASCII || b > LAST_ASCII) return undefined;
    if (lower(a) !== lower(b)) break;
  }
  if (one.includes('/') || other.includes('/')) return undefined;
  return i >= one.length && j >= other.length;
}

const LAST_ASCII = 0x7f;

function isGap(unit: number): boolean {
  return unit === 0x20 || unit === 0x2d || (unit >= 0x09 && unit <= 0x0d);
}

function lower(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
}

/** Letters where the other has letters, digits where it has digits. */
function alike(a: string, b: string): boolean {
  if (!PLAIN.test(a) || !PLAIN.test(b)) return shape(a) === shape(b);
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (isDigit(a.charCodeAt(i)) !== isDigit(b.charCodeAt(i))) return false;
  return true;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function shape(id: string): string {
  return id.replace(/\p{L}/gu, 'A').replace(/\p{N}/gu, '9');
}

export function isChannel(word: string | undefined): word is Channel {
  return (CHANNELS as readonly (string | undefined)[]).includes(word);
}
