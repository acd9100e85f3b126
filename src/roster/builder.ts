/**
 * Makes a snapshot of patients: fingerprints are piled up as they come, and the table, the lists of shared values and the rows
 * in the order of their birth dates are made at the end, to measure. Whoever builds holds patients' data; the snapshot does not.
 */
import { SluiceError } from '../errors.js';
import { SipHash } from '../fingerprint/siphash.js';
import { FingerprintTable } from '../fingerprint/table.js';
import { Births } from './births.js';
import { Domain, LOOKED_UP, type LookedUp, STAFF } from './domain.js';
import { countFields, Lengths } from './frequency.js';
import { Groups, rowsOf } from './groups.js';
import type { RosterKeys } from './keys.js';
import type { Layer } from './layer.js';
import { compose } from './layout.js';
import { rootOf } from './nicknames.js';
import { DELTA_BIT, GONE, pairText, replacedText, valueText } from './numbers.js';
import { Pile, Words } from './pile.js';
import type { Patient } from './row.js';
import { ALIAS_BIT, householdBits, householdOf, SignatureCoder, signatureWords } from './signature.js';

/** Most rows: patients, and other names of patients. */
export const rowsMax = 60_000_000;

/** Words of a row before the rows are in order: its signature, and which date it belongs to. */
const DRAFT_WORDS = signatureWords + 1;
/** Instead of a row: the value belongs to somebody who works here. */
const NO_ROW = 0xffffffff;
/** Beside a draft: whoever else of the household has the value need not be listed. */
const FOR_HOUSEHOLD = 0x80000000;
/** Slots that are filled: a value that is missing costs 16 neighbouring ones, in two or three lines of the cache. */
const LOAD = 0.82;

export class RosterBuilder {
  patients = 0;
  readonly #hash: SipHash;
  readonly #coder: SignatureCoder;
  readonly #pile = new Pile();
  readonly #drafts = new Words();
  readonly #births = new Births();
  readonly #lengths = new Lengths();
  /** Draft and fingerprint of a value, or of the chart of a patient, that belongs to a patient's circle. */
  readonly #values = new Words();
  readonly #related = new Words();
  /** In a delta: row of the base, and the draft that takes its place (or `NO_ROW`). */
  readonly #replaced = new Words();
  /** How many values there are of each domain, those of staff apart. */
  readonly #kinds = new Uint32Array(STAFF * 2);

  /** `base`: this is a delta, to be laid over it. */
  constructor(
    private readonly keys: RosterKeys,
    private readonly base?: Layer,
  ) {
    this.#hash = new SipHash(keys.fingerprint);
    this.#coder = new SignatureCoder(keys.fingerprint);
  }

  add(patient: Patient): void {
    if (patient.staff) {
      for (const one of patient.phones) this.#key(Domain.Phone | STAFF, one, NO_ROW);
      for (const one of patient.emails) this.#key(Domain.Email | STAFF, one, NO_ROW);
      if (patient.given.length > 1) this.#key(Domain.Name | STAFF, nameKey(patient), NO_ROW);
      return;
    }
    const draft = this.#drafts.length / DRAFT_WORDS;
    this.#replace(patient, patient.deleted ? NO_ROW : draft);
    if (patient.deleted) return;
    if (draft + patient.families.length > rowsMax) throw new SluiceError('ROSTER_TOO_LARGE');
    this.patients++;
    this.#write(patient);
    for (const one of patient.charts) this.#counted(Domain.Chart, one, draft);
    if (patient.ssn !== '') this.#counted(Domain.Ssn, patient.ssn, draft);
    for (const one of patient.members) this.#counted(Domain.Member, one, draft, FOR_HOUSEHOLD);
    for (const one of patient.phones) this.#key(Domain.Phone, one, draft);
    for (const one of patient.emails) this.#key(Domain.Email, one, draft);
    if (patient.address !== '') this.#key(Domain.Address, patient.address, draft, FOR_HOUSEHOLD);
    for (const one of patient.contactPhones) this.#circle(this.#values, draft, Domain.Phone, one);
    for (const one of patient.contactEmails) this.#circle(this.#values, draft, Domain.Email, one);
    for (const one of patient.related) this.#circle(this.#related, draft, Domain.Chart, one);
  }

  /** The snapshot, sealed. The builder is spent. */
  finish(builtAt: Date): SharedArrayBuffer {
    const { order, starts } = this.#births.sort(this.#drafts.taken, DRAFT_WORDS, this.#hash);
    const circles = (this.#values.length + this.#related.length) / 3;
    const others = this.#births.count + circles + this.#replaced.length / 2;
    const table = FingerprintTable.create(this.#pile.distinct() + others, LOAD);
    const signatures = this.#signatures(order);
    const groups = new Groups();
    const never = (): boolean => false;
    const atHome = (one: number, other: number): boolean => {
      const home = householdOf(signatures[one * signatureWords + 2]);
      return home !== 0 && home === householdOf(signatures[other * signatureWords + 2]);
    };
    this.#pile.drain((high, low, draft) => {
      if (draft === NO_ROW) groups.enter(table, high, low, 0, never);
      else groups.enter(table, high, low, order[draft & ~FOR_HOUSEHOLD], draft >= FOR_HOUSEHOLD ? atHome : never);
    });
    const lists = groups.compact(table);
    this.#births.enter(table, this.#hash);
    const former = this.#enterReplaced(table, order);
    this.#enterCircles(table, order, lists);
    const header = {
      tenant: this.keys.tenant,
      check: Buffer.from(this.keys.check).toString('hex'),
      ...(this.base !== undefined && { base: this.base.name }),
      builtAt: builtAt.toISOString(),
      patients: this.patients,
      rows: order.length,
      births: this.#births.count,
      keys: keysOf(this.#kinds),
      shared: groups.shared,
      commonplace: groups.commonplace,
    };
    const sections = {
      table: table.bytes,
      signatures: bytesOf(signatures),
      births: bytesOf(starts),
      groups: bytesOf(lists),
      counts: bytesOf(countFields(signatures)),
      lengths: bytesOf(this.#lengths.words),
      former: bytesOf(former),
    };
    return compose({ header, sections }, this.keys);
  }

  #counted(domain: LookedUp, value: string, draft: number, how = 0): void {
    this.#lengths.count(domain, value);
    this.#key(domain, value, draft, how);
  }

  #key(domain: number, value: string, draft: number, how = 0): void {
    this.#hash.text(value, domain);
    this.#pile.push(this.#hash.high, this.#hash.low, (draft | how) >>> 0);
    this.#kinds[domain]++;
  }

  #circle(list: Words, draft: number, domain: Domain, value: string): void {
    this.#hash.text(value, domain);
    list.push3(draft, this.#hash.high, this.#hash.low);
  }

  /** A row for the patient's name, and one for each other name. */
  #write({ given, families, birth, household }: Patient): void {
    let home = 0;
    if (household !== '') {
      this.#hash.text(household, Domain.Household);
      home = householdBits(this.#hash.low);
    }
    const { word1, word2 } = this.#coder.given(given);
    const date = this.#births.numberOf(birth);
    families.forEach((family, i) => {
      const code = this.#coder.family(family);
      this.#drafts.push3(code.word0, code.word1 | word1, word2 | home | (i === 0 ? 0 : ALIAS_BIT));
      this.#drafts.push(date);
    });
  }

  /** In a delta, whoever had this patient's first number is replaced. */
  #replace({ charts }: Patient, draft: number): void {
    const { base } = this;
    if (base === undefined) return;
    this.#hash.text(charts[0], Domain.Chart);
    rowsOf(base.groups, base.table.get(this.#hash.high, this.#hash.low), (row) => {
      this.#replaced.push(row);
      this.#replaced.push(draft);
    });
  }

  #enterReplaced(table: FingerprintTable, order: Uint32Array): Uint32Array {
    const former = new Uint32Array(this.base === undefined ? 0 : order.length);
    const replaced = this.#replaced.taken;
    for (let at = 0; at < replaced.length; at += 2) {
      const [row, draft] = [replaced[at], replaced[at + 1]];
      if (draft !== NO_ROW) former[order[draft]] = row + 1;
      this.#hash.text(replacedText(row), Domain.Replaced);
      table.set(this.#hash.high, this.#hash.low, draft === NO_ROW ? GONE : order[draft] + 1);
    }
    return former;
  }

  #enterCircles(table: FingerprintTable, order: Uint32Array, lists: Uint32Array): void {
    const { base } = this;
    const own = base === undefined ? 0 : DELTA_BIT;
    const enter = (draft: number, other: string): void => {
      this.#hash.text(pairText(order[draft] + own, other), Domain.Pair);
      table.add(this.#hash.high, this.#hash.low, 1);
    };
    const values = this.#values.taken;
    for (let at = 0; at < values.length; at += 3) enter(values[at], valueText(values[at + 1], values[at + 2]));
    const related = this.#related.taken;
    for (let at = 0; at < related.length; at += 3) {
      const [draft, high, low] = related.subarray(at, at + 3);
      const here = firstRow(lists, table.get(high, low));
      const below = here < 0 && base !== undefined ? firstRow(base.groups, base.table.get(high, low)) : -1;
      if (here >= 0 || below >= 0) enter(draft, String(here >= 0 ? here + own : below));
    }
  }

  #signatures(order: Uint32Array): Uint32Array {
    const drafts = this.#drafts.taken;
    const signatures = new Uint32Array(order.length * signatureWords);
    for (let i = 0, from = 0; i < order.length; i++, from += DRAFT_WORDS) {
      const to = order[i] * signatureWords;
      for (let word = 0; word < signatureWords; word++) signatures[to + word] = drafts[from + word];
    }
    return signatures;
  }
}

/** How many values there are of each kind that there is. */
function keysOf(kinds: Uint32Array): Record<string, number> {
  const known = Object.entries(LOOKED_UP).map(([domain, kind]) => [kind, kinds[Number(domain)]] as const);
  const staff = kinds.subarray(STAFF).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries([...known, ['staff', staff] as const].filter(([, count]) => count > 0));
}

/** Who is related has one number; should several share it, one of them stands for it. */
function firstRow(lists: Uint32Array, value: number): number {
  let first = -1;
  rowsOf(lists, value, (row) => {
    if (first < 0) first = row;
  });
  return first;
}

function nameKey({ given, families }: Patient): string {
  return `${rootOf(given)} ${families[0]}`;
}

function bytesOf(words: Uint32Array): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
}
