/**
 * What of a message can be looked up: the findings of the detectors as canonical values, each once, names and dates of birth
 * as all that they may mean. Bounded: what goes past a bound is counted, so that nobody takes it for looked up.
 */
import type { Finding } from '../engine/finding.js';
import { plausibleBirths } from './birth.js';
import { address, chart, email, member, phone, ssn, zip } from './canonical.js';
import { Domain, type LookedUp } from './domain.js';
import { type PersonName, readings } from './person-name.js';

/** Most values, names and dates of one message that are looked up. */
export const valuesMax = 4096;
export const namesMax = 64;
export const birthsMax = 16;
const ADDRESSES_MAX = 8;

export interface Value {
  readonly domain: LookedUp;
  readonly value: string;
  readonly confidence: number;
  readonly findings: readonly number[];
}

export interface Name {
  readonly readings: readonly PersonName[];
  readonly findings: readonly number[];
}

export interface Birth {
  /** 19800304, the likeliest first. */
  readonly dates: readonly number[];
  readonly findings: readonly number[];
}

export interface Values {
  readonly values: readonly Value[];
  readonly names: readonly Name[];
  readonly births: readonly Birth[];
  /** How many were left out because of a bound. */
  readonly beyond: number;
}

/** Two words of a name that stand in two leaves of JSON are this close at most. */
const NAME_GAP_MAX = 48;
const NAME_UNITS_MAX = 80;

type Forms = Partial<Record<Finding['category'], readonly [LookedUp, (text: string) => string]>>;
const FORMS: Forms = {
  mrn: [Domain.Chart, chart],
  'other-id': [Domain.Chart, chart],
  ssn: [Domain.Ssn, ssn],
  'health-plan': [Domain.Member, member],
  phone: [Domain.Phone, phone],
  fax: [Domain.Phone, phone],
  email: [Domain.Email, email],
};

/** `year` is this year, for birth dates with two digits. Findings are in the order of the text. */
export function valuesOf(findings: readonly Finding[], text: string, year: number): Values {
  const values = new Map<string, Value>();
  const names = new Map<string, Name>();
  const births = new Map<string, Birth>();
  const lines: [string, Finding, number][] = [];
  const zips = new Set<string>();
  let beyond = 0;
  const put = <T extends { readonly findings: readonly number[] }>(
    map: Map<string, T>,
    max: number,
    name: string,
    one: T,
  ): void => {
    const before = map.get(name);
    if (before !== undefined) map.set(name, { ...before, findings: [...before.findings, ...one.findings] });
    else if (map.size < max) map.set(name, one);
    else beyond++;
  };
  const name = (written: string, at: readonly number[]): void => {
    const read = readings(written);
    if (read.length > 0) put(names, namesMax, written, { readings: read, findings: at });
  };
  findings.forEach((finding, i) => {
    const { category, kind, start, end, confidence } = finding;
    const written = text.slice(start, end);
    const form = FORMS[category];
    if (form !== undefined) {
      const value = form[1](written);
      if (value !== '')
        put(values, valuesMax, `${form[0]} ${value}`, { domain: form[0], value, confidence, findings: [i] });
    } else if (category === 'name' && written.length <= NAME_UNITS_MAX) {
      name(written, [i]);
      const before = findings[i - 1];
      if (before?.category === 'name' && start - before.end <= NAME_GAP_MAX && isOneWord(written)) {
        const other = text.slice(before.start, before.end);
        if (isOneWord(other)) name(`${other} ${written}`, [i - 1, i]);
      }
    } else if (category === 'date' && (kind === 'birth' || kind === 'date')) {
      const dates = plausibleBirths(written, year);
      if (dates.length > 0) put(births, birthsMax, dates.join(), { dates, findings: [i] });
    } else if (category === 'geography') {
      if (kind === 'zip') zips.add(zip(written));
      else if (kind === 'address') lines.push([written, finding, i]);
    }
  });
  for (const [line, { confidence }, i] of lines.slice(0, ADDRESSES_MAX)) {
    const within = /\b(\d{5})(?:-\d{4})?\s*$/.exec(line.slice(-12))?.[1];
    for (const one of within === undefined ? [...zips].slice(0, ADDRESSES_MAX) : [within]) {
      const value = address(line, one);
      if (value !== '')
        put(values, valuesMax, `${Domain.Address} ${value}`, {
          domain: Domain.Address,
          value,
          confidence,
          findings: [i],
        });
    }
  }
  return { values: [...values.values()], names: [...names.values()], births: [...births.values()], beyond };
}

function isOneWord(text: string): boolean {
  return !/\s\S/.test(text.trim());
}
