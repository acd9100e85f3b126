/**
 * What of a message can be looked up: the findings of the detectors as canonical values, each once, and names and dates where
 * they stand, to be read when somebody asks. Bounded: what goes past a bound is counted, so that nobody takes it for looked up.
 */
import type { Finding } from '../engine/finding.js';
import { address, email, member, patientId, phone, ssn, zip } from './canonical.js';
import { Domain, type LookedUp } from './domain.js';

/** Most values, names and dates of one message that are looked up. */
export const valuesMax = 4096;
export const namesMax = 256;
export const birthsMax = 64;
const ADDRESSES_MAX = 8;

export interface Value {
  readonly domain: LookedUp;
  readonly value: string;
  readonly confidence: number;
  readonly findings: number[];
}

export interface Name {
  readonly start: number;
  readonly end: number;
  readonly findings: readonly number[];
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

function formOf(domain: LookedUp, written: string): string {
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

  put(domain: LookedUp, value: string, confidence: number, at: number): void {
    const before = this.#find(domain, value);
    if (before !== undefined) before.findings.push(at);
    else if (this.values.length < valuesMax) this.#add({ domain, value, confidence, findings: [at] });
    else this.beyond++;
  }

  #find(domain: LookedUp, value: string): Value | undefined {
    if (this.#known !== undefined) return this.#known.get(keyOf(domain, value));
    for (const one of this.values) if (one.domain === domain && one.value === value) return one;
    return undefined;
  }

  #add(one: Value): void {
    this.values.push(one);
    if (this.#known === undefined && this.values.length > FEW)
      this.#known = new Map(this.values.map((each) => [keyOf(each.domain, each.value), each]));
    else this.#known?.set(keyOf(one.domain, one.value), one);
  }
}

const FEW = 24;

function keyOf(domain: LookedUp, value: string): string {
  return domain + value;
}

/** Findings are in the order of the text. */
export function valuesOf(findings: readonly Finding[], text: string): Values {
  const found = new Distinct();
  const names: Name[] = [];
  const births: Birth[] = [];
  const lines: number[] = [];
  const zips: string[] = [];
  let beyond = 0;
  for (let i = 0; i < findings.length; i++) {
    const { category, kind, start, end, confidence } = findings[i];
    const domain = domainOf(category, kind);
    if (domain !== undefined) {
      const value = formOf(domain, text.slice(start, end));
      if (value !== '') found.put(domain, value, confidence, i);
    } else if (category === 'name') {
      if (end - start > NAME_UNITS_MAX || names.length >= namesMax) beyond++;
      else names.push({ start, end, findings: [i] });
    } else if (category === 'date') {
      if (kind !== 'birth' && kind !== 'date') continue;
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
    const { start, end, confidence } = findings[i];
    const line = text.slice(start, end);
    const within = /\b(\d{5})(?:-\d{4})?\s*$/.exec(line.slice(-12))?.[1];
    for (const one of within === undefined ? zips : [within]) {
      const value = address(line, one);
      if (value !== '') found.put(Domain.Address, value, confidence, i);
    }
  }
  return { values: found.values, names, births, beyond: beyond + found.beyond };
}
