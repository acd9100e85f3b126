/** Evidence on its way: what one value, date or name of a message says, and of each patient what all of it says together. */
import { EVIDENCE, type EvidenceKind } from '../message.js';
import { mediumBits, strongBits } from './weigh.js';

export interface Item {
  readonly kind: EvidenceKind;
  readonly bits: number;
  /** The patients that it may point to. */
  readonly numbers: readonly number[];
  readonly findings: readonly number[];
}

/** `strong`: another patient, beyond doubt. `medium`: ten to one. `weak`: a resemblance. A name alone is none of them. */
export type Level = 'weak' | 'medium' | 'strong';

export interface Weighed {
  readonly number: number;
  readonly level: Level;
  /** Log-odds to the base of two, to a tenth. */
  readonly bits: number;
  readonly kinds: readonly EvidenceKind[];
  readonly findings: readonly number[];
}

/** The evidence of each patient summed up: the best of each kind, since two telephones of one patient are no two witnesses. */
export function weighed(items: readonly Item[]): Weighed[] {
  const byNumber = new Map<number, Item[]>();
  for (const item of items) {
    for (const number of item.numbers) {
      const known = byNumber.get(number);
      if (known === undefined) byNumber.set(number, [item]);
      else known.push(item);
    }
  }
  return [...byNumber]
    .filter(([, own]) => own.some(({ kind }) => kind !== 'name'))
    .map(([number, own]) => weigh(number, own));
}

function weigh(number: number, items: readonly Item[]): Weighed {
  const kinds = EVIDENCE.filter((kind) => items.some((item) => item.kind === kind));
  const bestOf = (bits: (item: Item) => number): number =>
    kinds.reduce((sum, kind) => sum + Math.max(...items.map((one) => (one.kind === kind ? bits(one) : 0))), 0);
  // Of several who share a value one is this patient; that it is one of them, whoever, is as sure as the value itself.
  const shared = bestOf(({ bits, numbers }) => Math.max(0, bits - Math.log2(numbers.length)));
  const bits = Math.max(shared, ...items.map((item) => item.bits));
  const level = bits < mediumBits ? 'weak' : bits < strongBits ? 'medium' : 'strong';
  const findings = [...new Set(items.flatMap((item) => item.findings))].sort((a, b) => a - b);
  return { number, level, bits: Math.round(bits * 10) / 10, kinds, findings };
}
