/**
 * The way of nearly all rows of a CSV: plain ASCII, one value in a column, nothing but what every roster has. They go from the
 * file's text to fingerprints without a text or an object for each value. What is not as plain as that is told, not taken, and
 * read as any row is; a test holds the two ways to make the same snapshot.
 */
import { isoBirth, rosterBirth } from './birth.js';
import { placeOf, zip } from './canonical.js';
import { Domain, type LookedUp } from './domain.js';
import { type Drafts, FOR_HOUSEHOLD, rowsMax } from './drafts.js';
import { NOT_PLAIN, writeForm } from './form.js';
import { familyForms, givenOf } from './person-name.js';
import { PlaceWriter } from './place.js';
import type { RawRow } from './row.js';
import type { FamilyCode } from './signature.js';
import { Spelled } from './spelled.js';
import { formOf } from './values.js';

type Column = keyof RawRow;

/** A column that a plain row may fill; rows that fill another are for others to read. */
const PLAIN = [
  'id',
  'mrn',
  'ssn',
  'member',
  'phone',
  'email',
  'given',
  'family',
  'maiden',
  'birth',
  'address',
  'zip',
] as const satisfies readonly Column[];
type Plain = (typeof PLAIN)[number];

const SLASH = 0x2f;
const ZERO = 0x30;
const NINE = 0x39;
const SSN_DIGITS = 9;

interface Named extends FamilyCode {
  readonly name: string;
}

export class PlainRows {
  /** Which field each column is, or -1; of columns that no plain row fills, all of them. */
  #at: Readonly<Record<Plain, number>> | undefined;
  #others: readonly number[] = [];
  #text = '';
  #ends: Int32Array = new Int32Array(0);
  readonly #zips = new Spelled(zip);
  readonly #places = new PlaceWriter();
  readonly #givens: Spelled<ReturnType<Drafts['coder']['given']>>;
  readonly #families: Spelled<readonly Named[]>;

  constructor(
    private readonly drafts: Drafts,
    private readonly year: number,
  ) {
    const { coder } = drafts;
    this.#givens = new Spelled((text) => coder.given(givenOf(text)));
    this.#families = new Spelled((text) => familyForms(text).map((name) => ({ name, ...coder.family(name) })));
  }

  /** What the fields of the rows to come are. A column that stands twice has several values: such rows are not plain. */
  begin(columns: readonly (Column | undefined)[]): void {
    const known = columns.filter((column) => column !== undefined);
    this.#at = undefined;
    if (new Set(known).size < known.length) return;
    this.#at = Object.fromEntries(PLAIN.map((column) => [column, columns.indexOf(column)])) as Record<Plain, number>;
    this.#others = columns.flatMap((column, i) =>
      column === undefined || (PLAIN as readonly Column[]).includes(column) ? [] : [i],
    );
  }

  /**
   * Takes a row whose fields end where it is said, each beginning one behind the end of the last: the first of `ends` is where the
   * row begins, less one. False if nothing of it was taken.
   */
  take(text: string, ends: Int32Array): boolean {
    const at = this.#at;
    if (at === undefined) return false;
    this.#text = text;
    this.#ends = ends;
    for (const other of this.#others) if (ends[other + 1] - ends[other] > 1) return false;
    const { drafts } = this;
    const draft = drafts.count;
    const families = this.#familiesOf(at);
    const birth = this.#birthOf(at.birth);
    if (families.length === 0 || birth < 0 || !this.#isSsn(at.ssn) || draft + families.length > rowsMax) return false;
    // From here on there is no way back: the number that the row is filed under is the last thing that may be missing.
    if (!this.#charts(at, draft)) return false;
    if (this.#written(Domain.Ssn, at.ssn)) this.#count(Domain.Ssn, draft);
    if (this.#written(Domain.Member, at.member)) this.#count(Domain.Member, draft, FOR_HOUSEHOLD);
    if (this.#written(Domain.Phone, at.phone)) drafts.file(Domain.Phone, draft);
    if (this.#written(Domain.Email, at.email)) drafts.file(Domain.Email, draft);
    const home = this.#place(at, draft);
    drafts.name(this.#of(this.#givens, at.given), families, birth, home);
    drafts.patients++;
    return true;
  }

  /** Where the form of the value that was written last ends. */
  #to = 0;

  /** Hashes the form of a field; false if there is nothing to look up. */
  #written(domain: LookedUp, field: number): boolean {
    const start = this.#start(field);
    const end = this.#end(field);
    if (start >= end) return false;
    const { hash } = this.drafts;
    const { scratch } = hash;
    const to = writeForm(domain, { text: this.#text, start, end }, scratch, 1);
    this.#to = to;
    if (to === NOT_PLAIN) {
      const value = formOf(domain, this.#text.slice(start, end));
      if (value !== '') hash.text(value, domain);
      return value !== '';
    }
    if (to === 1) return false;
    scratch[0] = domain;
    hash.scratched(to);
    return true;
  }

  #count(domain: LookedUp, draft: number, how = 0): void {
    const { drafts } = this;
    drafts.lengths.countWritten(domain, drafts.hash.scratch, 1, this.#to);
    drafts.file(domain, draft, how);
  }

  /** Files the row under its numbers; false if it has none, or one that may be a reference. */
  #charts({ id, mrn }: Readonly<Record<Plain, number>>, draft: number): boolean {
    if (this.#has(id, SLASH) || this.#has(mrn, SLASH)) return false;
    const { hash } = this.drafts;
    const hasId = this.#written(Domain.Chart, id);
    const { high, low } = hash;
    if (hasId) this.#count(Domain.Chart, draft);
    const hasNumber = this.#written(Domain.Chart, mrn);
    if (hasNumber && !(hasId && hash.high === high && hash.low === low)) this.#count(Domain.Chart, draft);
    return hasId || hasNumber;
  }

  /** Whether it is empty or has nine digits, whatever they are. */
  #isSsn(field: number): boolean {
    let digits = 0;
    for (let i = this.#start(field); i < this.#end(field); i++) {
      const unit = this.#text.charCodeAt(i);
      if (unit >= ZERO && unit <= NINE) digits++;
    }
    return digits === SSN_DIGITS || this.#start(field) >= this.#end(field);
  }

  #has(field: number, unit: number): boolean {
    for (let i = this.#start(field); i < this.#end(field); i++) if (this.#text.charCodeAt(i) === unit) return true;
    return false;
  }

  /** Its number, 0 if there is none, -1 if it is no date. */
  #birthOf(field: number): number {
    const start = this.#start(field);
    const end = this.#end(field);
    if (start >= end) return 0;
    const plain = isoBirth(this.#text, start, end, this.year);
    return plain > 0 ? plain : rosterBirth(this.#text.slice(start, end).trim(), this.year) || -1;
  }

  #familiesOf({ family, maiden }: Readonly<Record<Plain, number>>): readonly Named[] {
    const own = this.#of(this.#families, family);
    if (this.#start(maiden) >= this.#end(maiden)) return own;
    const earlier = this.#of(this.#families, maiden);
    return [...own, ...earlier.filter(({ name }) => own.every((one) => one.name !== name))];
  }

  /** Files the house; what stands for the home, or 0. */
  #place({ address, zip: code }: Readonly<Record<Plain, number>>, draft: number): number {
    const start = this.#start(address);
    const end = this.#end(address);
    if (start >= end || this.#start(code) >= this.#end(code)) return 0;
    const { drafts } = this;
    const { hash } = drafts;
    const zip5 = this.#of(this.#zips, code);
    const writer = this.#places;
    if (!writer.write({ text: this.#text, start, end }, zip5, hash.scratch, 1)) {
      const { house, home } = placeOf(this.#text.slice(start, end), zip5);
      if (house === '') return 0;
      drafts.key(Domain.Address, house, draft, FOR_HOUSEHOLD);
      return drafts.household(home);
    }
    if (writer.house === 1) return 0;
    hash.scratch[0] = Domain.Address;
    hash.scratched(writer.house);
    drafts.file(Domain.Address, draft, FOR_HOUSEHOLD);
    hash.scratch[0] = Domain.Household;
    hash.scratched(writer.home);
    return drafts.home;
  }

  #of<T>(spelled: Spelled<T>, field: number): T {
    return spelled.of(this.#text, this.#start(field), this.#end(field));
  }

  /** A column that is not there is empty. */
  #start(field: number): number {
    return field < 0 ? 0 : this.#ends[field] + 1;
  }

  #end(field: number): number {
    return field < 0 ? 0 : this.#ends[field + 1];
  }
}
