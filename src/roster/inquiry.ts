/** One message asked about: each of its values, dated names and names becomes an item of evidence, or is explained. */
import { Circle } from './circle.js';
import { candidatesOf } from './dated.js';
import { Domain, LOOKED_UP } from './domain.js';
import type { Item } from './evidence.js';
import { groupMax } from './groups.js';
import { rootsOf } from './nicknames.js';
import type { Roster } from './roster.js';
import type { Signatures } from './signature.js';
import { type Birth, formOf, type Name, type Value } from './values.js';
import { FLAT_BITS, numberBits, sameNameBits } from './weigh.js';

/** How much surer another reading has to be than that it is the subject, written a little wrong. */
const OWN_BITS = 3;
/** Candidates this near to the best are as good as it. */
const EQUAL_BITS = 1;
/** Below it a resemblance is nothing to speak of. */
const ITEM_BITS_MIN = 1;
/** Most patients of whom it is asked whether a name without a date is theirs. */
const NAMED_MAX = 256;

export class Inquiry {
  readonly #circle: Circle;
  /** Positions of findings whose value belongs here. */
  readonly explained: number[] = [];

  constructor(
    private readonly roster: Roster,
    own: readonly number[],
    private readonly text: string,
  ) {
    this.#circle = new Circle(roster, own);
  }

  ofValue(value: Value): Item | undefined {
    const { domain, high, low, confidence, findings } = value;
    const all: number[] = [];
    if (this.roster.find(high, low, all) !== 'some') return undefined;
    const kind = LOOKED_UP[domain];
    if (this.#circle.explains(all, kind) || this.#isStaff(value) || this.#circle.hasContact(value)) {
      for (const at of findings) if (!this.explained.includes(at)) this.explained.push(at);
      return undefined;
    }
    const bits =
      kind === 'phone' || kind === 'email' || kind === 'address'
        ? FLAT_BITS[kind]
        : numberBits(confidence, this.roster.lengths.bits(domain, this.#formOf(value)));
    return { kind, bits, numbers: all, findings };
  }

  #isStaff(value: Value): boolean {
    return this.roster.hasStaff && this.roster.isStaff(value.domain, this.#formOf(value));
  }

  #formOf({ domain, start, end }: Value): string {
    return formOf(domain, this.text.slice(start, end));
  }

  /** Names that go with a birth date beside them: of another patient, or explained by the subject's own. */
  ofNamesAndBirths(
    names: readonly Name[],
    births: readonly Birth[],
    year: number,
  ): { items: Item[]; settled: readonly number[] } {
    const items: Item[] = [];
    const settled: number[] = [];
    if (names.length === 0 || births.length === 0) return { items, settled };
    for (const [name, all] of candidatesOf(this.roster, { names, births, text: this.text, year })) {
      let best = Number.NEGATIVE_INFINITY;
      for (const { bits } of all.values()) best = Math.max(best, bits);
      if (best < ITEM_BITS_MIN) continue;
      settled.push(...name.findings);
      const near = [...all].filter(([, { bits }]) => bits >= best - EQUAL_BITS);
      const { own } = this.#circle;
      if ([...all].some(([number, { bits }]) => own.includes(number) && bits >= best - OWN_BITS)) continue;
      const numbers = near.map(([number]) => number);
      if (this.#circle.explains(numbers, 'name-birth')) continue;
      const findings = new Set([...name.findings, ...near.flatMap(([, { birth }]) => birth.findings)]);
      items.push({ kind: 'name-birth', bits: best, numbers, findings: [...findings] });
    }
    return { items, settled };
  }

  /** Whoever something else points to may be named too: a hint at most, and none if so many are called so. */
  ofNames(names: readonly Name[], items: readonly Item[], settled: readonly number[]): Item[] {
    const suspects = new Set<number>();
    for (const { numbers } of items) for (const number of numbers) if (suspects.size < NAMED_MAX) suspects.add(number);
    const rows = [...suspects].flatMap((number) =>
      this.roster.namesOf(number).map(([signatures, row]) => [number, signatures, row] as const),
    );
    const found: Item[] = [];
    for (const name of names) {
      if (name.findings.some((at) => settled.includes(at))) continue;
      const item = this.#ofName(name, rows);
      if (item !== undefined) found.push(item);
    }
    return found;
  }

  #ofName(name: Name, rows: readonly (readonly [number, Signatures, number])[]): Item | undefined {
    const { roster } = this;
    const numbers = new Set<number>();
    const readings = (name.readings ??= roster.readingsIn(this.text, name.start, name.end));
    let called = 0;
    for (const reading of readings) {
      for (const [number, signatures, row] of rows) {
        const rarity = sameNameBits(signatures, row, reading, roster.frequencies);
        if (rarity === Number.NEGATIVE_INFINITY) continue;
        numbers.add(number);
        called = Math.max(called, roster.patients * 2 ** -rarity);
      }
    }
    if (numbers.size === 0 || called > groupMax || this.#circle.isOwnName(readings)) return undefined;
    const isStaff = readings.some(({ given, family }) =>
      rootsOf(given).some((root) => roster.isStaff(Domain.Name, `${root} ${family}`)),
    );
    if (isStaff || this.#circle.explains(numbers, 'name')) return undefined;
    const bits = FLAT_BITS.name - Math.log2(Math.max(1, called));
    return { kind: 'name', bits, numbers: [...numbers], findings: name.findings };
  }
}
