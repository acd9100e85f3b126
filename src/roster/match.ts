/**
 * Whose are the identifiers of a message? Pure: a roster, a subject and findings in, evidence out, which names kinds and
 * positions, and another patient only by a keyed reference. What follows from it is for a policy to say.
 */
import type { Finding } from '../engine/finding.js';
import { patientId } from './canonical.js';
import { Domain } from './domain.js';
import { Inquiry, type Item } from './evidence.js';
import type { Roster } from './roster.js';
import { valuesOf } from './values.js';
import { EVIDENCE, type EvidenceKind, mediumBits, strongBits } from './weigh.js';

export interface Subject {
  /** Ids or MRNs of whose conversation it is, as the message names them; several if it is about several patients. */
  readonly patients: readonly string[];
  /** The clock, in milliseconds since 1970: birth years of two digits are read by it. */
  readonly now: number;
}

/** `strong`: another patient, beyond doubt. `medium`: ten to one. `weak`: a resemblance. A name alone is none of them. */
export type Level = 'weak' | 'medium' | 'strong';

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
  /** The surest first. */
  readonly strangers: readonly Stranger[];
  /** How many values, or patients, were left out because of a bound. */
  readonly beyond: number;
}

/** Most patients that one message's evidence names. */
export const strangersMax = 16;

export function match(roster: Roster, subject: Subject, findings: readonly Finding[], text: string): Evidence {
  const own = new Set<number>();
  for (const patient of subject.patients) {
    const code = patientId(patient);
    if (code !== '') roster.lookUp(Domain.Chart, code, own);
  }
  const { values, names, births, beyond } = valuesOf(findings, text);
  const inquiry = new Inquiry(roster, own, new Date(subject.now).getUTCFullYear(), text);
  const { items, settled } = inquiry.ofNamesAndBirths(names, births);
  for (const value of values) push(items, inquiry.ofValue(value));
  // A name alone decides nothing: it is asked about only where something else points to another patient.
  if (items.length > 0)
    for (const name of names) if (!name.findings.some((at) => settled.has(at))) push(items, inquiry.ofName(name));
  const all = items.length === 0 ? [] : strangers(roster, items);
  return {
    subject: own.size > 0 ? 'known' : subject.patients.length > 0 ? 'unknown' : 'none',
    strangers: all.slice(0, strangersMax),
    beyond: beyond + Math.max(0, all.length - strangersMax),
  };
}

function push(items: Item[], item: Item | undefined): void {
  if (item !== undefined) items.push(item);
}

/** The evidence of each patient summed up: the best of each kind, since two telephones of one patient are no two witnesses. */
function strangers(roster: Roster, items: readonly Item[]): Stranger[] {
  const byNumber = new Map<number, Item[]>();
  for (const item of items) {
    for (const number of item.numbers) {
      const known = byNumber.get(number);
      if (known === undefined) byNumber.set(number, [item]);
      else known.push(item);
    }
  }
  return [...byNumber]
    .filter(([, own]) => own.some(({ kind }) => kind !== 'name'))
    .map(([number, own]) => stranger(roster.reference(number), own))
    .sort((a, b) => b.bits - a.bits || (a.reference < b.reference ? -1 : 1));
}

function stranger(reference: string, items: readonly Item[]): Stranger {
  const kinds = EVIDENCE.filter((kind) => items.some((item) => item.kind === kind));
  const bestOf = (bits: (item: Item) => number): number =>
    kinds.reduce((sum, kind) => sum + Math.max(...items.map((one) => (one.kind === kind ? bits(one) : 0))), 0);
  // Of several who share a value one is this patient; that it is one of them, whoever, is as sure as the value itself.
  const shared = bestOf(({ bits, numbers }) => Math.max(0, bits - Math.log2(numbers.length)));
  const bits = Math.max(shared, ...items.map((item) => item.bits));
  const level = bits < mediumBits ? 'weak' : bits < strongBits ? 'medium' : 'strong';
  const findings = [...new Set(items.flatMap((item) => item.findings))].sort((a, b) => a - b);
  return { reference, level, bits: Math.round(bits * 10) / 10, kinds, findings };
}
