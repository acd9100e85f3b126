/**
 * What each value, name and date of a message says about whose it is. What belongs to the subject, to the subject's circle or
 * to staff is explained and says nothing; all else is an item of evidence, with the patients it may point to.
 */
import { Domain, LOOKED_UP } from './domain.js';
import { rootsOf } from './nicknames.js';
import type { Roster } from './roster.js';
import { signatureWords } from './signature.js';
import type { Birth, Name, Value } from './values.js';
import { type EvidenceKind, FLAT_BITS, nameBirthBits, nameBits, numberBits, type Reading } from './weigh.js';

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
/** Most forms of one name that are looked up without a date. */
const NAME_FORMS_MAX = 8;
/** A number that opens one chart is not a household's: only who is listed as related may share it. */
const PERSONAL: ReadonlySet<EvidenceKind> = new Set(['mrn', 'ssn']);

export class Inquiry {
  constructor(
    private readonly roster: Roster,
    /** The subject's numbers; several if several patients are meant, or share an id. */
    private readonly own: ReadonlySet<number>,
  ) {}

  ofValue({ domain, value, confidence, findings }: Value): Item | undefined {
    const numbers = new Set<number>();
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

  /** Names that go with a birth date of the message: of another patient, or explained by the subject's own. */
  ofNamesAndBirths(names: readonly Name[], births: readonly Birth[]): { items: Item[]; settled: Set<Name> } {
    const items: Item[] = [];
    const settled = new Set<Name>();
    const candidates = names.map(() => new Map<number, Candidate>());
    const asked = names.flatMap((name, at) => this.#coded(name).map((reading) => ({ reading, at })));
    if (asked.length > 0)
      for (const birth of births)
        for (const date of birth.dates)
          this.#walk(date, date === birth.dates[0] ? 0 : OTHER_ORDER_BITS, birth, asked, candidates);
    names.forEach((name, at) => {
      const all = [...candidates[at]];
      const best = Math.max(...all.map(([, { bits }]) => bits));
      if (best < ITEM_BITS_MIN) return;
      settled.add(name);
      const near = all.filter(([, { bits }]) => bits >= best - EQUAL_BITS);
      if (all.some(([number, { bits }]) => this.own.has(number) && bits >= best - OWN_BITS)) return;
      const numbers = new Set(near.map(([number]) => number));
      if (this.#explained(numbers, 'name-birth')) return;
      const dates = new Set(near.flatMap(([, { birth }]) => birth.findings));
      items.push({ kind: 'name-birth', bits: best, numbers: [...numbers], findings: [...name.findings, ...dates] });
    });
    return { items, settled };
  }

  /** A name without a date: a hint at most, and none at all if it is the subject's own, that of staff, or everybody's. */
  ofName(name: Name): Item | undefined {
    const numbers = new Set<number>();
    if (this.#isOwnName(name)) return undefined;
    let forms = 0;
    for (const { given, family } of name.readings) {
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
    asked: readonly Asked[],
    candidates: readonly Map<number, Candidate>[],
  ): void {
    const { frequencies } = this.roster;
    const stretches = this.roster.bornOn(date);
    const born = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
    for (const { signatures, from, to, numberAt } of stretches) {
      for (let row = from; row < to; row++) {
        for (const { reading, at } of asked) {
          const name = nameBits(signatures, row * signatureWords, reading, frequencies);
          if (name === Number.NEGATIVE_INFINITY) continue;
          const bits = nameBirthBits(name, born) - less;
          const number = numberAt(row);
          const before = candidates[at].get(number);
          if (number >= 0 && (before === undefined || before.bits < bits)) candidates[at].set(number, { bits, birth });
        }
      }
    }
  }

  #isOwnName(name: Name): boolean {
    if (this.own.size === 0) return false;
    const coded = this.#coded(name);
    return [...this.own].some((number) =>
      this.roster
        .namesOf(number)
        .some(([signatures, at]) =>
          coded.some(
            (reading) => nameBits(signatures, at, reading, this.roster.frequencies) > Number.NEGATIVE_INFINITY,
          ),
        ),
    );
  }

  #coded({ readings }: Name): Reading[] {
    const { coder } = this.roster;
    return readings.map(({ given, family }) => ({ given: coder.given(given), family: coder.family(family) }));
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

interface Asked {
  readonly reading: Reading;
  /** Which name it is a reading of. */
  readonly at: number;
}

interface Candidate {
  readonly bits: number;
  readonly birth: Birth;
}
