/**
 * One tenant's roster as it is asked: a snapshot, and the day's delta over it. It answers which patients a value belongs to,
 * who was born on a date, and who belongs to whose circle; patients are numbers, and a reference outside is keyed.
 */
import type { Finding } from '../engine/finding.js';
import { SluiceError } from '../errors.js';
import { Hmac } from '../fingerprint/hmac.js';
import { SipHash } from '../fingerprint/siphash.js';
import { Domain, STAFF } from './domain.js';
import { isPlainIn } from './fold.js';
import { Frequencies, Lengths } from './frequency.js';
import { GROUP_BIT, rowsOf } from './groups.js';
import type { RosterKeys } from './keys.js';
import { Layer } from './layer.js';
import { DELTA_BIT, GONE, pairText, replacedText, valueText } from './numbers.js';
import { readings, readingsIn } from './person-name.js';
import { Remembered } from './remembered.js';
import { type Reading, SignatureCoder, type Signatures } from './signature.js';
import { Spelled } from './spelled.js';
import { hashed, type Value, type Values, valuesOf } from './values.js';

/** What a thread needs to attach a roster: shared memory crosses as it is. */
export interface RosterImage {
  readonly base: SharedArrayBuffer;
  readonly delta?: SharedArrayBuffer;
}

/** Rows of one birth date, side by side. */
export interface Stretch {
  readonly layer: Layer;
  readonly from: number;
  readonly to: number;
}

/** Names of messages whose readings are kept: who is spoken of once is spoken of again. */
const NAMES_REMEMBERED = 4096;

export class Roster {
  readonly base: Layer;
  readonly delta: Layer | undefined;
  readonly coder: SignatureCoder;
  readonly frequencies: Frequencies;
  readonly lengths: Lengths;
  readonly #hash: SipHash;
  readonly #layers: readonly Layer[];
  /** Whether anybody who works here is listed. */
  readonly hasStaff: boolean;
  readonly #references: Hmac;
  /** So that what was touched was read for something. */
  touched = 0;
  readonly #read: Spelled<readonly Reading[]>;
  /** Of names with marks, or of other scripts. */
  readonly #readMarked: Remembered<readonly Reading[]>;
  readonly #readAt = (text: string, from: number, to: number): readonly Reading[] =>
    isPlainIn(text, from, to) ? this.#read.of(text, from, to) : this.#readMarked.of(text.slice(from, to));

  constructor(
    image: RosterImage,
    private readonly keys: RosterKeys,
  ) {
    this.base = new Layer(image.base);
    this.delta = image.delta === undefined ? undefined : new Layer(image.delta);
    if (this.base.header.base !== undefined || (this.delta && this.delta.header.base !== this.base.name))
      throw new SluiceError('ROSTER_DELTA');
    this.#layers = this.delta === undefined ? [this.base] : [this.delta, this.base];
    const check = Buffer.from(keys.check).toString('hex');
    for (const { header } of this.#layers) {
      if (header.tenant !== keys.tenant) throw new SluiceError('ROSTER_TENANT');
      if (header.check !== check) throw new SluiceError('ROSTER_KEY');
    }
    this.hasStaff = this.#layers.some(({ header }) => (header.keys.staff ?? 0) > 0);
    this.coder = new SignatureCoder(keys.fingerprint);
    this.frequencies = new Frequencies(this.base.counts);
    this.lengths = new Lengths(this.base.lengths);
    this.#hash = new SipHash(keys.fingerprint);
    this.#read = new Spelled((written) => this.#made(written), NAMES_REMEMBERED);
    this.#readMarked = new Remembered((written) => this.#made(written), NAMES_REMEMBERED);
    this.#references = new Hmac(keys.reference);
  }

  /** The tenant whose patients these are. */
  get tenant(): string {
    return this.keys.tenant;
  }

  get patients(): number {
    return this.base.header.patients;
  }

  /** What of a message can be looked up here. */
  valuesOf(findings: readonly Finding[], text: string): Values {
    return valuesOf(findings, text, this.#hash);
  }

  /**
   * Has the memory that holds these values on its way before they are asked about one by one: a table is larger than any cache, and
   * loads that wait for nothing wait together.
   */
  touch(values: readonly Value[]): void {
    for (const { table } of this.#layers) {
      let touched = 0;
      for (let i = 0; i < values.length; i++) touched |= table.touch(values[i].low);
      this.touched = touched;
    }
  }

  /** The patients that a canonical value belongs to, added to `found`. */
  lookUp(domain: Domain, value: string, found: Set<number>): 'none' | 'some' | 'commonplace' {
    this.#hash.text(value, domain);
    const numbers: number[] = [];
    const known = this.find(this.#hash.high, this.#hash.low, numbers);
    for (const number of numbers) found.add(number);
    return known;
  }

  /** The patients whose number this is, however it is written. */
  lookUpPatient(written: string, found: number[]): void {
    if (hashed(this.#hash, Domain.Chart, written)) this.find(this.#hash.high, this.#hash.low, found);
  }

  /** The same by a value's fingerprint. */
  find(high: number, low: number, found: number[]): 'none' | 'some' | 'commonplace' {
    const older = this.base.table.get(high, low);
    const newer = this.delta === undefined ? 0 : this.delta.table.get(high, low);
    if (older === 0 && newer === 0) return 'none';
    if (this.delta === undefined && older < GROUP_BIT) {
      found.push(older - 1);
      return 'some';
    }
    return this.#found(older, newer, found);
  }

  /** A value's table points to the first row of a patient, never to one of another name. */
  #found(older: number, newer: number, found: number[]): 'none' | 'some' | 'commonplace' {
    const { base, delta } = this;
    const isLatest =
      delta === undefined || rowsOf(delta.groups, newer, (row) => found.push(row + DELTA_BIT)) !== 'commonplace';
    const isKnown =
      rowsOf(base.groups, older, (row) => {
        if (!this.#replaced(row)) found.push(row);
      }) !== 'commonplace';
    if (!isLatest || !isKnown) return 'commonplace';
    return found.length > 0 ? 'some' : 'none';
  }

  /** Whether a value is that of somebody who works here. */
  isStaff(domain: Domain, value: string): boolean {
    if (!this.hasStaff) return false;
    this.#hash.text(value, domain | STAFF);
    return this.#layers.some(({ table }) => table.get(this.#hash.high, this.#hash.low) !== 0);
  }

  /** Everybody who was born on a date. */
  bornOn(birth: number): readonly Stretch[] {
    this.#hash.number(birth, Domain.Birth);
    const { high, low } = this.#hash;
    const stretches: Stretch[] = [];
    for (const layer of this.#layers) {
      const at = layer.table.get(high, low);
      if (at > 0 && at < layer.births.length)
        stretches.push({ layer, from: layer.births[at - 1], to: layer.births[at] });
    }
    return stretches;
  }

  /** The number of a row's patient, or -1 for one who was replaced. */
  numberAt(layer: Layer, row: number): number {
    const main = layer.mainOf(row);
    return layer === this.delta ? main + DELTA_BIT : this.#replaced(main) ? -1 : main;
  }

  /** Every way to read a name as it is written. */
  readings(written: string): readonly Reading[] {
    return this.#readAt(written, 0, written.length);
  }

  #made(written: string): readonly Reading[] {
    return readings(written).map((one) => this.coder.reading(one));
  }

  /** The same of a name where it stands in a text. */
  readingsIn(text: string, start: number, end: number): readonly Reading[] {
    return readingsIn(text, start, end, this.#readAt);
  }

  /** Where a patient's name, and other names beside it, stand: they share a birth date, so that they are one walk too. */
  namesOf(number: number): readonly (readonly [signatures: Signatures, row: number])[] {
    const layer = number >= DELTA_BIT ? this.delta : this.base;
    if (layer === undefined) return [];
    return layer.namesOf(number % DELTA_BIT).map((row) => [layer.signatures, row] as const);
  }

  /** Whether two patients live under one roof, as far as the roster knows. */
  isHousehold(one: number, other: number): boolean {
    const home = this.#home(one);
    return home !== 0 && home === this.#home(other);
  }

  /** Whether the roster lists a patient among those who may be spoken of in another's conversations. */
  isRelated(subject: number, other: number): boolean {
    return this.#paired(subject, other) || this.#formerly(other, (row) => this.#paired(subject, row));
  }

  /** Whether a value, by its fingerprint, is that of a contact whom the roster lists for a patient. */
  isContact(subject: number, high: number, low: number): boolean {
    return this.#paired(subject, valueText(high, low));
  }

  /** What stands for a patient outside: the same in every thread and after every restart, as long as the roster's base is. */
  reference(number: number): string {
    const stable = this.#formerOf(number);
    const of = stable < 0 ? `delta ${number - DELTA_BIT} ${this.delta?.name}` : `${stable} ${this.base.name}`;
    return Buffer.from(this.#references.text(of)).toString('base64url').slice(0, REFERENCE_SIGNS);
  }

  #home(number: number): number {
    const layer = number >= DELTA_BIT ? this.delta : this.base;
    return layer === undefined ? 0 : layer.signatures.household(number % DELTA_BIT);
  }

  #paired(subject: number, other: string | number): boolean {
    const layer = subject >= DELTA_BIT ? this.delta : this.base;
    if (layer === undefined || layer.header.circles === 0) return false;
    this.#hash.text(pairText(subject, other), Domain.Pair);
    return layer.table.get(this.#hash.high, this.#hash.low) !== 0;
  }

  #replaced(row: number): boolean {
    if (this.delta === undefined) return false;
    // Whoever asks goes on with the fingerprint of before.
    const { high, low } = this.#hash;
    this.#hash.text(replacedText(row), Domain.Replaced);
    const found = this.delta.table.get(this.#hash.high, this.#hash.low);
    this.#hash.high = high;
    this.#hash.low = low;
    return found !== 0 && found <= GONE;
  }

  #formerly(number: number, test: (row: number) => boolean): boolean {
    const row = this.#formerOf(number);
    return number >= DELTA_BIT && row >= 0 && test(row);
  }

  /** The row of the base that a patient has or had, or -1. */
  #formerOf(number: number): number {
    return number < DELTA_BIT ? number : (this.delta?.former[number - DELTA_BIT] ?? 0) - 1;
  }
}

const REFERENCE_SIGNS = 22;
