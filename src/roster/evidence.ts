/**
 * What each value, name and date of a message says about whose it is. What belongs to the subject, to the subject's circle or
 * to staff is explained and says nothing; all else is an item of evidence, with the patients it may point to.
 */
import { plausibleBirths } from './birth.js';
import { Domain, LOOKED_UP } from './domain.js';
import { rootsOf } from './nicknames.js';
import { type PersonName, readings, readingsIn } from './person-name.js';
import type { Roster } from './roster.js';
import { signatureWords } from './signature.js';
import type { Birth, Name, Value } from './values.js';
import { type EvidenceKind, FLAT_BITS, nameBirthBits, nameBits, numberBits, type Reading, Sieve } from './weigh.js';

export interface Item {
  readonly kind: EvidenceKind;
  readonly bits: number;
  readonly numbers: readonly number[];
  readonly findings: readonly number[];
}

/** How much surer another reading has to be than that it is the subject, written a little wrong. */
const OWN_BITS = 3;
/** Candidates this near to the best are as good as it. */
const EQUAL_BITS = 1;
/** Below it a resemblance is nothing to speak of. */
const ITEM_BITS_MIN = 1;
/** A date that is read in its unlikelier order. */
const OTHER_ORDER_BITS = 1;
/** Names that a birth date may belong to: so many of the nearest, so near; nearer if nothing says that it is a birth date. */
const NAMES_NEAR = 6;
const NEAR_UNITS = 400;
const BESIDE_UNITS = 24;
/** Two halves of a name, in two leaves of JSON, are this close at most. */
const HALVES_UNITS = 48;
/** Most forms of one name that are looked up without a date. */
const NAME_FORMS_MAX = 8;
/** A number that opens one chart is not a household's: only who is listed as related may share it. */
const PERSONAL: ReadonlySet<EvidenceKind> = new Set(['mrn', 'ssn']);

export class Inquiry {
  /** By where a name begins. */
  readonly #read = new Map<number, readonly Reading[]>();
  readonly #numbers = new Set<number>();
  readonly #sieve = new Sieve();

  constructor(
    private readonly roster: Roster,
    /** The subject's numbers; several if several patients are meant, or share an id. */
    private readonly own: ReadonlySet<number>,
    /** This year, for dates with two of its digits. */
    private readonly year: number,
    private readonly text: string,
  ) {}

  ofValue({ domain, value, confidence, findings }: Value): Item | undefined {
    const numbers = this.#numbers;
    numbers.clear();
    if (this.roster.lookUp(domain, value, numbers) !== 'some') return undefined;
    const kind = LOOKED_UP[domain];
    if (this.#explained(numbers, kind) || this.roster.isStaff(domain, value)) return undefined;
    for (const one of this.own) if (this.roster.isContact(one, domain, value)) return undefined;
    const bits =
      kind === 'phone' || kind === 'email' || kind === 'address' || kind === 'name'
        ? FLAT_BITS[kind]
        : numberBits(confidence, this.roster.lengths.bits(domain, value));
    return { kind, bits, numbers: [...numbers], findings };
  }

  /** Names that go with a birth date beside them: of another patient, or explained by the subject's own. */
  ofNamesAndBirths(names: readonly Name[], births: readonly Birth[]): { items: Item[]; settled: ReadonlySet<number> } {
    const candidates = new Map<Name, Map<number, Candidate>>();
    for (const birth of births) {
      const asked = this.#asked(names, birth);
      if (asked.readings.length === 0) continue;
      this.#sieve.ask(asked.readings);
      const dates = plausibleBirths(this.text.slice(birth.start, birth.end), this.year);
      for (const date of dates) this.#walk(date, date === dates[0] ? 0 : OTHER_ORDER_BITS, birth, asked, candidates);
    }
    const items: Item[] = [];
    const settled = new Set<number>();
    for (const [name, all] of candidates) {
      const best = Math.max(...[...all.values()].map(({ bits }) => bits));
      if (best < ITEM_BITS_MIN) continue;
      for (const at of name.findings) settled.add(at);
      const near = [...all].filter(([, { bits }]) => bits >= best - EQUAL_BITS);
      if ([...all].some(([number, { bits }]) => this.own.has(number) && bits >= best - OWN_BITS)) continue;
      const numbers = new Set(near.map(([number]) => number));
      if (this.#explained(numbers, 'name-birth')) continue;
      const findings = new Set([...name.findings, ...near.flatMap(([, { birth }]) => birth.findings)]);
      items.push({ kind: 'name-birth', bits: best, numbers: [...numbers], findings: [...findings] });
    }
    return { items, settled };
  }

  /** A name without a date: a hint at most, and none at all if it is the subject's own, that of staff, or everybody's. */
  ofName(name: Name): Item | undefined {
    const numbers = new Set<number>();
    if (this.#isOwnName(name)) return undefined;
    let forms = 0;
    for (const { given, family } of readingsIn(this.text, name.start, name.end)) {
      if (given.length < 2) continue;
      for (const root of rootsOf(given)) {
        if (++forms > NAME_FORMS_MAX) break;
        const value = `${root} ${family}`;
        if (this.roster.isStaff(Domain.Name, value)) return undefined;
        if (this.roster.lookUp(Domain.Name, value, numbers) === 'commonplace') return undefined;
      }
    }
    if (numbers.size === 0 || this.#explained(numbers, 'name')) return undefined;
    return { kind: 'name', bits: FLAT_BITS.name, numbers: [...numbers], findings: name.findings };
  }

  #walk(
    date: number,
    less: number,
    birth: Birth,
    { readings, names }: Asked,
    candidates: Map<Name, Map<number, Candidate>>,
  ): void {
    const { frequencies } = this.roster;
    const stretches = this.roster.bornOn(date);
    if (stretches.length === 0) return;
    const born = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
    for (const { signatures, from, to, numberAt } of stretches) {
      for (
        let row = this.#sieve.next(signatures, from, to);
        row < to;
        row = this.#sieve.next(signatures, row + 1, to)
      ) {
        for (let i = 0; i < readings.length; i++) {
          const said = nameBits(signatures, row * signatureWords, readings[i], frequencies);
          const number = said === Number.NEGATIVE_INFINITY ? -1 : numberAt(row);
          if (number < 0) continue;
          const bits = nameBirthBits(said, born) - less;
          const known = candidates.get(names[i]) ?? new Map<number, Candidate>();
          candidates.set(names[i], known);
          const before = known.get(number);
          if (before === undefined || before.bits < bits) known.set(number, { bits, birth });
        }
      }
    }
  }

  #isOwnName(name: Name): boolean {
    const read = this.#readings(name);
    const { roster } = this;
    return [...this.own].some((number) =>
      roster
        .namesOf(number)
        .some(([words, at]) =>
          read.some((reading) => nameBits(words, at, reading, roster.frequencies) > Number.NEGATIVE_INFINITY),
        ),
    );
  }

  /** Every reading of the names near a birth date; of names that follow close upon each other, as the halves of one too. */
  #asked(names: readonly Name[], birth: Birth): Asked {
    const asked = { readings: [] as Reading[], names: [] as Name[] };
    const near = nearest(names, birth);
    for (let i = 0; i < near.length; i++) {
      const name = near[i];
      push(asked, this.#readings(name), name);
      const before = near[i - 1];
      if (before === undefined || !this.#areHalves(before, name)) continue;
      const whole = { start: before.start, end: name.end, findings: [...before.findings, ...name.findings] };
      const written = `${this.text.slice(before.start, before.end)} ${this.text.slice(name.start, name.end)}`;
      push(asked, this.#coded(readings(written)), whole);
    }
    return asked;
  }

  /** {"family":"Garcia","given":["Ana"]} */
  #areHalves(one: Name, other: Name): boolean {
    const gap = other.start - one.end;
    return (
      gap > 0 &&
      gap <= HALVES_UNITS &&
      !/\s/.test(this.text.slice(one.start, one.end)) &&
      !/\s/.test(this.text.slice(other.start, other.end))
    );
  }

  #readings({ start, end }: Name): readonly Reading[] {
    let read = this.#read.get(start);
    if (read === undefined) this.#read.set(start, (read = this.#coded(readingsIn(this.text, start, end))));
    return read;
  }

  #coded(names: readonly PersonName[]): readonly Reading[] {
    const { coder } = this.roster;
    return names.map(({ given, family }) => ({ given: coder.given(given), family: coder.family(family) }));
  }

  /** Whether one of those it may be is the subject, or somebody of whom the subject's conversation may speak. */
  #explained(numbers: ReadonlySet<number>, kind: EvidenceKind): boolean {
    for (const number of numbers) {
      for (const one of this.own) {
        if (one === number || this.roster.isRelated(one, number)) return true;
        if (!PERSONAL.has(kind) && this.roster.isHousehold(one, number)) return true;
      }
    }
    return false;
  }
}

/** Readings, and which name each is a reading of. */
interface Asked {
  readonly readings: Reading[];
  readonly names: Name[];
}

function push({ readings, names }: Asked, more: readonly Reading[], name: Name): void {
  for (const reading of more) {
    readings.push(reading);
    names.push(name);
  }
}

interface Candidate {
  readonly bits: number;
  readonly birth: Birth;
}

/** The names that a birth date may belong to, in the order of the text. */
export function nearest(names: readonly Name[], { start, labelled }: Birth): readonly Name[] {
  const near: Name[] = [];
  for (const name of names) {
    const distance = Math.abs(name.start - start);
    if (labelled ? distance <= NEAR_UNITS : name.end <= start && start - name.end <= BESIDE_UNITS) near.push(name);
  }
  if (near.length <= NAMES_NEAR) return near;
  const reach = near.map((name) => Math.abs(name.start - start)).sort((a, b) => a - b)[NAMES_NEAR - 1];
  return near.filter((name) => Math.abs(name.start - start) <= reach);
}
