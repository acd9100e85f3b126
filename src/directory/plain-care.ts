/**
 * Rows about care straight from their bytes: `{"kind":"care","provider":"…","patient":"…","from":"2026-01-31"}` in plain
 * ASCII, as a machine writes them by the million. Whatever is in any way unusual is left to the strict reader, which says the
 * same of every row that this one takes.
 */
import { handleUnitsMax } from '../limits.js';
import { BEGINNING, dayNumber, FOREVER, secondsOfDay } from './moment.js';
import type { PartBuilder } from './part.js';
import { Domain } from './row-facts.js';

const QUOTE = 0x22;
const BLANK = 0x20;
const NAMES = ['kind', 'tenant', 'provider', 'patient', 'from', 'until'].map((name) => Buffer.from(name));
const enum Name {
  Kind,
  Tenant,
  Provider,
  Patient,
  From,
  Until,
}
const KIND = Buffer.from('care');
const NO_ROW = -1;

export class PlainCare {
  /** Where the value of each member stands; -1: it is not there. */
  private readonly from = new Int32Array(NAMES.length);
  private readonly to = new Int32Array(NAMES.length);
  /** What is hashed: of the relationship, and behind it of the patient. */
  private readonly hashed: Buffer;
  private readonly tenant: Buffer;

  constructor(
    private readonly builder: PartBuilder,
    tenant: string,
  ) {
    this.tenant = Buffer.from(tenant);
    this.hashed = Buffer.alloc(2 * (4 + this.tenant.length + 3 * handleUnitsMax));
  }

  /** Whether the line was such a row, and is entered. */
  take(bytes: Buffer, start: number, end: number): boolean {
    if (!this.scan(bytes, start, end)) return false;
    const { from, to } = this;
    if (!this.isName(bytes, Name.Provider) || !this.isName(bytes, Name.Patient)) return false;
    if (to[Name.Kind] - from[Name.Kind] !== KIND.length || !same(bytes, from[Name.Kind], KIND)) return false;
    if (from[Name.Tenant] >= 0 && !this.isName(bytes, Name.Tenant)) return false;
    const begin = from[Name.From] < 0 ? BEGINNING : this.day(bytes, Name.From, 0);
    const until = from[Name.Until] < 0 ? FOREVER : this.day(bytes, Name.Until, 1);
    if (begin < 0 || until <= begin) return false;
    const care = this.copy(bytes, Name.Provider, this.begin(bytes, Domain.Care, 0));
    const middle = this.copy(bytes, Name.Patient, care);
    const last = this.copy(bytes, Name.Patient, this.begin(bytes, Domain.Patient, middle));
    this.hashed[last] = 0;
    this.builder.enterCare(this.hashed, middle, last + 1, begin, until);
    return true;
  }

  private scan(bytes: Buffer, start: number, end: number): boolean {
    this.from.fill(-1);
    let at = blanks(bytes, start, end);
    if (bytes[at++] !== 0x7b) return false;
    for (;;) {
      at = blanks(bytes, at, end);
      const nameFrom = at + 1;
      const nameTo = stringEnd(bytes, at, end);
      if (nameTo === NO_ROW) return false;
      at = blanks(bytes, nameTo + 1, end);
      if (bytes[at++] !== 0x3a) return false;
      at = blanks(bytes, at, end);
      const to = stringEnd(bytes, at, end);
      if (to === NO_ROW) return false;
      const name = nameAt(bytes, nameFrom, nameTo);
      if (name < 0 || this.from[name] >= 0) return false;
      this.from[name] = at + 1;
      this.to[name] = to;
      at = blanks(bytes, to + 1, end);
      if (at >= end) return false;
      const sign = bytes[at++];
      if (sign === 0x7d) return blanks(bytes, at, end) === end;
      if (sign !== 0x2c) return false;
    }
  }

  private isName(bytes: Buffer, name: Name): boolean {
    const from = this.from[name];
    const to = this.to[name];
    return from >= 0 && to > from && to - from <= handleUnitsMax && bytes[from] !== BLANK && bytes[to - 1] !== BLANK;
  }

  /** In seconds, so many days later; -1 if it is no day. */
  private day(bytes: Buffer, name: Name, later: number): number {
    const from = this.from[name];
    if (this.to[name] - from !== 10 || bytes[from + 4] !== 0x2d || bytes[from + 7] !== 0x2d) return -1;
    const year = number(bytes, from, 4);
    const month = number(bytes, from + 5, 2);
    const day = number(bytes, from + 8, 2);
    const days = year < 0 || month < 0 || day < 0 ? undefined : dayNumber(year, month, day);
    return days === undefined ? -1 : secondsOfDay(days + later);
  }

  private begin(bytes: Buffer, domain: Domain, at: number): number {
    const { hashed, tenant } = this;
    hashed[at] = domain;
    if (this.from[Name.Tenant] >= 0) return this.copy(bytes, Name.Tenant, at + 1);
    for (let i = 0; i < tenant.length; i++) hashed[at + 1 + i] = tenant[i];
    hashed[at + 1 + tenant.length] = 0;
    return at + 2 + tenant.length;
  }

  private copy(bytes: Buffer, name: Name, at: number): number {
    const { hashed } = this;
    let end = at;
    for (let i = this.from[name]; i < this.to[name]; i++) hashed[end++] = bytes[i];
    hashed[end++] = 0;
    return end;
  }
}

function blanks(bytes: Buffer, at: number, end: number): number {
  let here = at;
  while (here < end && (bytes[here] === BLANK || bytes[here] === 0x0d)) here++;
  return here;
}

/** Where the closing quote stands of the string that begins here, if it is plain. */
function stringEnd(bytes: Buffer, at: number, end: number): number {
  if (bytes[at] !== QUOTE) return NO_ROW;
  for (let i = at + 1; i < end; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) return i;
    if (byte < BLANK || byte > 0x7e || byte === 0x5c) return NO_ROW;
  }
  return NO_ROW;
}

function nameAt(bytes: Buffer, from: number, to: number): number {
  for (let i = 0; i < NAMES.length; i++) if (NAMES[i].length === to - from && same(bytes, from, NAMES[i])) return i;
  return -1;
}

function same(bytes: Buffer, at: number, word: Buffer): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

function number(bytes: Buffer, at: number, digits: number): number {
  let value = 0;
  for (let i = at; i < at + digits; i++) {
    const digit = bytes[i] - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
