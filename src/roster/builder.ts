/**
 * Makes a snapshot of patients: fingerprints are piled up as they come, and the table, the lists of shared values and the rows
 * in the order of their birth dates are made at the end, to measure. Whoever builds holds patients' data; the snapshot does not.
 */
import { SluiceError } from '../errors.js';
import type { SipHash } from '../fingerprint/siphash.js';
import { FingerprintTable } from '../fingerprint/table.js';
import { Domain, LOOKED_UP, STAFF } from './domain.js';
import { Drafts, draftWords, FOR_HOUSEHOLD, rowsMax } from './drafts.js';
import { countFields } from './frequency.js';
import { Groups, rowsOf } from './groups.js';
import type { RosterKeys } from './keys.js';
import type { Layer } from './layer.js';
import { compose } from './layout.js';
import { rootOf } from './nicknames.js';
import { DELTA_BIT, GONE, pairText, replacedText, valueText } from './numbers.js';
import { Words } from './pile.js';
import type { Patient } from './row.js';
import { Signatures, signatureWords } from './signature.js';

/** Instead of a row: the value belongs to somebody who works here. */
const NO_ROW = 0xffffffff;
/** Slots that are filled: a value that is missing costs 16 neighbouring ones, in two or three lines of the cache. */
const LOAD = 0.82;

export class RosterBuilder {
  readonly drafts: Drafts;
  readonly #hash: SipHash;
  /** Draft and fingerprint of a value, or of the chart of a patient, that belongs to a patient's circle. */
  readonly #values = new Words();
  readonly #related = new Words();
  /** In a delta: row of the base, and the draft that takes its place (or `NO_ROW`). */
  readonly #replaced = new Words();

  /** `base`: this is a delta, to be laid over it. */
  constructor(
    private readonly keys: RosterKeys,
    private readonly base?: Layer,
  ) {
    this.drafts = new Drafts(keys.fingerprint);
    this.#hash = this.drafts.hash;
  }

  get patients(): number {
    return this.drafts.patients;
  }

  add(patient: Patient): void {
    const { drafts } = this;
    if (patient.staff) {
      for (const one of patient.phones) drafts.key(Domain.Phone | STAFF, one, NO_ROW);
      for (const one of patient.emails) drafts.key(Domain.Email | STAFF, one, NO_ROW);
      if (patient.given.length > 1) drafts.key(Domain.Name | STAFF, nameKey(patient), NO_ROW);
      return;
    }
    const draft = drafts.count;
    this.#replace(patient, patient.deleted ? NO_ROW : draft);
    if (patient.deleted) return;
    if (draft + patient.families.length > rowsMax) throw new SluiceError('ROSTER_TOO_LARGE');
    drafts.patients++;
    const { coder } = drafts;
    const home = patient.household === '' ? 0 : drafts.household(patient.household);
    drafts.name(
      coder.given(patient.given),
      patient.families.map((one) => coder.family(one)),
      patient.birth,
      home,
    );
    for (const one of patient.charts) drafts.counted(Domain.Chart, one, draft);
    if (patient.ssn !== '') drafts.counted(Domain.Ssn, patient.ssn, draft);
    for (const one of patient.members) drafts.counted(Domain.Member, one, draft, FOR_HOUSEHOLD);
    for (const one of patient.phones) drafts.key(Domain.Phone, one, draft);
    for (const one of patient.emails) drafts.key(Domain.Email, one, draft);
    if (patient.address !== '') drafts.key(Domain.Address, patient.address, draft, FOR_HOUSEHOLD);
    for (const one of patient.contactPhones) this.#circle(this.#values, draft, Domain.Phone, one);
    for (const one of patient.contactEmails) this.#circle(this.#values, draft, Domain.Email, one);
    for (const one of patient.related) this.#circle(this.#related, draft, Domain.Chart, one);
  }

  /** The snapshot, sealed. The builder is spent. */
  finish(builtAt: Date): SharedArrayBuffer {
    const { births, pile, words, lengths, kinds } = this.drafts;
    const { order, starts } = births.sort(words.taken, draftWords, this.#hash);
    const circles = (this.#values.length + this.#related.length) / 3;
    const others = births.count + circles + this.#replaced.length / 2;
    const table = FingerprintTable.create(pile.distinct() + others, LOAD);
    const signatures = this.#signatures(order);
    const groups = new Groups();
    const never = (): boolean => false;
    const atHome = (one: number, other: number): boolean => {
      const home = signatures.household(one);
      return home !== 0 && home === signatures.household(other);
    };
    pile.drain((high, low, draft) => {
      if (draft === NO_ROW) groups.enter(table, high, low, 0, never);
      else groups.enter(table, high, low, order[draft & ~FOR_HOUSEHOLD], draft >= FOR_HOUSEHOLD ? atHome : never);
    });
    const lists = groups.compact(table);
    births.enter(table, this.#hash);
    const former = this.#enterReplaced(table, order);
    this.#enterCircles(table, order, lists);
    const header = {
      tenant: this.keys.tenant,
      check: Buffer.from(this.keys.check).toString('hex'),
      ...(this.base !== undefined && { base: this.base.name }),
      builtAt: builtAt.toISOString(),
      patients: this.patients,
      rows: order.length,
      births: births.count,
      keys: keysOf(kinds),
      circles,
      shared: groups.shared,
      commonplace: groups.commonplace,
    };
    const sections = {
      table: table.bytes,
      signatures: bytesOf(signatures.words),
      births: bytesOf(starts),
      groups: bytesOf(lists),
      counts: bytesOf(countFields(signatures)),
      lengths: bytesOf(lengths.words),
      former: bytesOf(former),
    };
    return compose({ header, sections }, this.keys);
  }

  #circle(list: Words, draft: number, domain: Domain, value: string): void {
    this.#hash.text(value, domain);
    list.push3(draft, this.#hash.high, this.#hash.low);
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

  #signatures(order: Uint32Array): Signatures {
    const drafts = this.drafts.words.taken;
    const signatures = new Signatures(new Uint32Array(order.length * signatureWords));
    for (let i = 0, from = 0; i < order.length; i++, from += draftWords)
      signatures.set(order[i], drafts[from], drafts[from + 1], drafts[from + 2]);
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
