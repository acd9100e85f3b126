/**
 * What of a message can be looked up: the findings of the detectors as canonical values, each once, and names and dates where
 * they stand, to be read when somebody asks. Bounded: what goes past a bound is counted, so that nobody takes it for looked up.
 */
import type { Finding } from '../engine/finding.js';
import type { SipHash } from '../fingerprint/siphash.js';
import { address, email, member, patientId, phone, ssn, zip } from './canonical.js';
import { Domain, type LookedUp } from './domain.js';
import { NOT_PLAIN, type Written, writeForm } from './form.js';
import { PlaceWriter } from './place.js';
import type { Reading } from './signature.js';

/** Most values, names and dates of one message that are looked up. */
export const valuesMax = 4096;
export const namesMax = 256;
export const birthsMax = 64;
const ADDRESSES_MAX = 8;

/** A value as its keyed fingerprint, and where it is written first. */
export interface Value {
  readonly domain: LookedUp;
  readonly high: number;
  readonly low: number;
  readonly confidence: number;
  readonly start: number;
  readonly end: number;
  readonly findings: number[];
}

export interface Name {
  readonly start: number;
  readonly end: number;
  readonly findings: readonly number[];
  /** Every way to read it, once somebody has asked. */
  readings: readonly Reading[] | undefined;
}

export interface Birth {
  readonly start: number;
  readonly end: number;
  /** It says that it is one; any other date may be one if a name stands right beside it. */
  readonly labelled: boolean;
  readonly findings: readonly number[];
}

export interface Values {
  readonly values: readonly Value[];
  readonly names: readonly Name[];
  readonly births: readonly Birth[];
  /** How many were left out because of a bound. */
  readonly beyond: number;
}

const NAME_UNITS_MAX = 80;
/** A date that does not say that it is a birth date may be one so close behind a name. */
export const besideUnits = 24;

/** Kinds of other ids that a patient is named by; orders, tickets and accessions are none of them. */
const RESOURCE_KINDS: ReadonlySet<string> = new Set(['resource', 'uuid']);

function domainOf(category: Finding['category'], kind: string): LookedUp | undefined {
  switch (category) {
    case 'mrn':
      return Domain.Chart;
    case 'ssn':
      return Domain.Ssn;
    case 'health-plan':
      return Domain.Member;
    case 'phone':
    case 'fax':
      return Domain.Phone;
    case 'email':
      return Domain.Email;
    case 'other-id':
      return RESOURCE_KINDS.has(kind) ? Domain.Chart : undefined;
    default:
      return undefined;
  }
}

/** The canonical form of a value; of an address, which takes a ZIP from elsewhere, none. */
export function formOf(domain: LookedUp, written: string): string {
  switch (domain) {
    case Domain.Chart:
      return patientId(written);
    case Domain.Ssn:
      return ssn(written);
    case Domain.Member:
      return member(written);
    case Domain.Phone:
      return phone(written);
    case Domain.Email:
      return email(written);
    default:
      return '';
  }
}

/** Values, each once. Of few, as nearly all messages hold, it is quicker to look at each than to keep a map of them. */
class Distinct {
  readonly values: Value[] = [];
  beyond = 0;
  #known: Map<string, Value> | undefined;

  /** What was hashed last. */
  put({ high, low }: SipHash, domain: LookedUp, { start, end, confidence }: Finding, at: number): void {
    const before = this.#find(high, low);
    if (before !== undefined) before.findings.push(at);
    else if (this.values.length < valuesMax) this.#add({ domain, high, low, confidence, start, end, findings: [at] });
    else this.beyond++;
  }

  #find(high: number, low: number): Value | undefined {
    if (this.#known !== undefined) return this.#known.get(`${high} ${low}`);
    for (const one of this.values) if (one.low === low && one.high === high) return one;
    return undefined;
  }

  #add(one: Value): void {
    this.values.push(one);
    if (this.#known === undefined && this.values.length > FEW)
      this.#known = new Map(this.values.map((each) => [`${each.high} ${each.low}`, each]));
    else this.#known?.set(`${one.high} ${one.low}`, one);
  }
}

const FEW = 32;

/** Hashes what a stretch of text says, in its canonical form; false if there is nothing to look up. */
export function hashed(hash: SipHash, domain: LookedUp, text: string, start = 0, end = text.length): boolean {
  const to = writeForm(domain, { text, start, end }, hash.scratch, 1);
  if (to > 1) {
    hash.scratch[0] = domain;
    hash.scratched(to);
  }
  if (to !== NOT_PLAIN) return to > 1;
  const value = formOf(domain, text.slice(start, end));
  if (value !== '') hash.text(value, domain);
  return value !== '';
}

/** Findings are in the order of the text; fingerprints are made with the hash that is handed in. */
export function valuesOf(findings: readonly Finding[], text: string, hash: SipHash): Values {
  const found = new Distinct();
  const names: Name[] = [];
  const births: Birth[] = [];
  const lines: number[] = [];
  const zips: string[] = [];
  /** Where the last name ends. */
  let named = Number.NEGATIVE_INFINITY;
  let beyond = 0;
  for (let i = 0; i < findings.length; i++) {
    const { category, kind, start, end } = findings[i];
    const domain = domainOf(category, kind);
    if (domain !== undefined) {
      if (hashed(hash, domain, text, start, end)) found.put(hash, domain, findings[i], i);
    } else if (category === 'name') {
      if (end - start > NAME_UNITS_MAX || names.length >= namesMax) beyond++;
      else names.push({ start, end, findings: [i], readings: undefined });
      named = end;
    } else if (category === 'date') {
      if (kind !== 'birth' && (kind !== 'date' || start - named > besideUnits)) continue;
      if (births.length < birthsMax) births.push({ start, end, labelled: kind === 'birth', findings: [i] });
      else beyond++;
    } else if (category === 'geography') {
      if (kind === 'address' && lines.length < ADDRESSES_MAX) lines.push(i);
      else if (kind === 'zip' && zips.length < ADDRESSES_MAX) {
        const one = zip(text.slice(start, end));
        if (!zips.includes(one)) zips.push(one);
      }
    }
  }
  for (const i of lines) {
    const { start, end } = findings[i];
    const within = zipAt(text, start, end);
    if (within === undefined && zips.length === 0) continue;
    for (const one of within === undefined ? zips : [within]) {
      if (hashedPlace(hash, { text, start, end }, one)) found.put(hash, Domain.Address, findings[i], i);
    }
  }
  return { values: found.values, names, births, beyond: beyond + found.beyond };
}

/** The same of an address, with the ZIP that goes with it. */
function hashedPlace(hash: SipHash, line: Written, zip5: string): boolean {
  if (places.write(line, zip5, hash.scratch, 1)) {
    hash.scratch[0] = Domain.Address;
    hash.scratched(places.house);
    return places.house > 1;
  }
  const value = address(line.text.slice(line.start, line.end), zip5);
  if (value !== '') hash.text(value, Domain.Address);
  return value !== '';
}

const places = new PlaceWriter();

/** The ZIP that an address ends with. Most end with a letter, or a flat's number, and need no second look. */
function zipAt(text: string, start: number, end: number): string | undefined {
  const last = text.charCodeAt(end - 1);
  if ((last | 0x20) >= SMALL_A && (last | 0x20) <= SMALL_Z) return undefined;
  let digits = 0;
  while (digits < ZIP_TAIL && isDigit(text.charCodeAt(end - 1 - digits))) digits++;
  if (digits > 0 && digits < ZIP_TAIL) return undefined;
  return /\b(\d{5})(?:-\d{4})?\s*$/.exec(text.slice(Math.max(start, end - ZIP_UNITS_MAX), end))?.[1];
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= NINE;
}

/** It ends with five digits, or with a hyphen and four. */
const ZIP_TAIL = 4;
/** With four digits more and blanks behind. */
const ZIP_UNITS_MAX = 12;
const ZERO = 0x30;
const NINE = 0x39;
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
