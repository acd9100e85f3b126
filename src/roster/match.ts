/**
 * Whose are the identifiers of a message? Pure: a roster, a subject and findings in, evidence out, which names kinds and
 * positions, and another patient only by a keyed reference. What follows from it is for a policy to say.
 */
import type { Finding } from '../engine/finding.js';
import type { EvidenceKind } from '../message.js';
import { type Level, type Weighed, weighed } from './evidence.js';
import { Inquiry } from './inquiry.js';
import type { Roster } from './roster.js';

export type { Level } from './evidence.js';

export interface Subject {
  /** Ids or MRNs of whose conversation it is, as the message names them; several if it is about several patients. */
  readonly patients: readonly string[];
  /** The clock, in milliseconds since 1970: birth years of two digits are read by it. */
  readonly now: number;
}

/** Another patient, as far as the message gives one away. */
export interface Stranger {
  readonly reference: string;
  readonly level: Level;
  /** Log-odds to the base of two, to a tenth. */
  readonly bits: number;
  readonly kinds: readonly EvidenceKind[];
  /** Positions in `findings` of what gives this patient away. */
  readonly findings: readonly number[];
}

export interface Evidence {
  /** `none`: the message does not say whose it is; `unknown`: the roster does not know whom it names. */
  readonly subject: 'known' | 'unknown' | 'none';
  /** Positions in `findings` of what belongs to the subject, to the subject's circle or to staff. */
  readonly explained: readonly number[];
  /** The surest first. */
  readonly strangers: readonly Stranger[];
  /** How many values, or patients, were left out because of a bound. */
  readonly beyond: number;
}

/** Most patients that one message's evidence names. */
export const strangersMax = 16;

export function match(roster: Roster, subject: Subject, findings: readonly Finding[], text: string): Evidence {
  const own: number[] = [];
  for (const patient of subject.patients) roster.lookUpPatient(patient, own);
  const { values, names, births, beyond } = roster.valuesOf(findings, text);
  roster.touch(values);
  const inquiry = new Inquiry(roster, own, text);
  const { items, settled } = inquiry.ofNamesAndBirths(names, births, yearOf(subject.now));
  for (const value of values) {
    const item = inquiry.ofValue(value);
    if (item !== undefined) items.push(item);
  }
  // A name alone decides nothing: it is asked about only where something else points to another patient.
  const all = items.length === 0 ? [] : weighed([...items, ...inquiry.ofNames(names, items, settled)]);
  return {
    subject: own.length > 0 ? 'known' : subject.patients.length > 0 ? 'unknown' : 'none',
    explained: inquiry.explained,
    strangers: surest(roster, all),
    beyond: beyond + Math.max(0, all.length - strangersMax),
  };
}

/**
 * The surest first; of those as sure, in an order that says nothing. A reference is dear: it is made only for those that may be
 * among the surest.
 */
function surest(roster: Roster, all: readonly Weighed[]): Stranger[] {
  const least =
    all.length <= strangersMax
      ? Number.NEGATIVE_INFINITY
      : all.map(({ bits }) => bits).sort((a, b) => b - a)[strangersMax - 1];
  return all
    .filter(({ bits }) => bits >= least)
    .map(({ number, ...rest }) => ({ reference: roster.reference(number), ...rest }))
    .sort((a, b) => b.bits - a.bits || (a.reference < b.reference ? -1 : 1))
    .slice(0, strangersMax);
}

/** The year of the clock: asked for each message, and the same for a long time. */
function yearOf(now: number): number {
  if (now < year.from || now >= year.to) {
    const number = new Date(now).getUTCFullYear();
    year = { number, from: Date.UTC(number, 0), to: Date.UTC(number + 1, 0) };
  }
  return year.number;
}

let year = { number: 0, from: 0, to: 0 };
