/**
 * A tenant's learned roster as it is asked: whose values a message holds, by what other sessions have seen. It knows neither who
 * lives with whom nor how rare a name is, and may have learned wrongly: so each agreement weighs less than the built roster's, a
 * name with a birth date is never enough alone, and a value of several patients says the less the more they are.
 */
import { EVIDENCE, type EvidenceKind } from '../message.js';
import type { RosterKeys } from './keys.js';
import { learnedMs, learnedOwnersMax, type Owners } from './learned.js';
import { LearnedTable } from './learned-table.js';
import { type Level, type Stranger, strangersMax } from './match.js';
import { Sighter, type Spoken } from './sightings.js';
import { FLAT_BITS, mediumBits, numberBits, strongBits } from './weigh.js';

/** What an agreement says less than in a roster that was built: it is wrong twice as often. */
const LESS_BITS = 1;
/** A name with a birth date: how many are called so and were born then, nobody has counted. */
const NAME_BIRTH_BITS = strongBits - LESS_BITS;

/** As they cross threads: handles of shared memory, each with the keys of its tenant. */
export interface LearnedImage {
  readonly digest: string;
  /** Fingerprints, of all tenants. */
  readonly values: number;
  readonly tenants: readonly { readonly table: SharedArrayBuffer; readonly keys: RosterKeys }[];
}

interface Item {
  readonly kind: EvidenceKind;
  readonly bits: number;
  readonly findings: readonly number[];
}

export class LearnedRoster {
  private readonly table: LearnedTable;
  private readonly sighter: Sighter;

  constructor(table: SharedArrayBuffer, keys: RosterKeys) {
    this.table = new LearnedTable(table);
    this.sighter = new Sighter(keys);
  }

  /** Patients other than the subject whose values stand in a message; positions that are known to belong there are left out. */
  strangers(subject: string | undefined, spoken: Spoken, belongs: ReadonlySet<number>): readonly Stranger[] {
    const own = subject === undefined ? undefined : this.sighter.person(subject);
    const found = new Map<string, Item[]>();
    for (const { kind, value, findings } of this.sighter.prints(spoken)) {
      if (value === own?.id || findings.some((at) => belongs.has(at))) continue;
      const owners = this.owners(value, spoken.now);
      if (owners.length > learnedOwnersMax || owners.some(([patient]) => patient === own?.reference)) continue;
      const sure = Math.max(...findings.map((at) => spoken.findings[at].confidence));
      const item = { kind, bits: Math.max(0, bitsOf(kind, sure) - Math.log2(owners.length)), findings };
      for (const [patient] of owners) found.set(patient, [...(found.get(patient) ?? []), item]);
    }
    return [...found]
      .map(([reference, items]) => strangerOf(reference, items))
      .sort((a, b) => b.bits - a.bits || (a.reference < b.reference ? -1 : 1))
      .slice(0, strangersMax);
  }

  /** Positions in a message of what was learned, of whomever. */
  known(spoken: Spoken): readonly number[] {
    const known = this.sighter.prints(spoken).filter(({ value }) => this.owners(value, spoken.now).length > 0);
    return known.flatMap(({ findings }) => findings);
  }

  /** What has grown too old is nobody's. */
  private owners(print: string, now: number): Owners {
    return this.table.owners(print).filter(([, at]) => now - at <= learnedMs);
  }
}

function bitsOf(kind: EvidenceKind, sure: number): number {
  switch (kind) {
    case 'mrn':
    case 'ssn':
    case 'health-plan':
      return numberBits(sure, 0) - LESS_BITS;
    case 'name-birth':
      return NAME_BIRTH_BITS;
    default:
      return FLAT_BITS[kind] - LESS_BITS;
  }
}

/** The best of each kind, since two telephones of one patient are no two witnesses. */
function strangerOf(reference: string, items: readonly Item[]): Stranger {
  const kinds = EVIDENCE.filter((kind) => items.some((item) => item.kind === kind));
  const bits = kinds.reduce(
    (sum, one) => sum + Math.max(...items.map((item) => (item.kind === one ? item.bits : 0))),
    0,
  );
  const level: Level = bits < mediumBits ? 'weak' : bits < strongBits ? 'medium' : 'strong';
  const findings = [...new Set(items.flatMap((item) => item.findings))].sort((a, b) => a - b);
  return { reference, level, bits: Math.round(bits * 10) / 10, kinds, findings };
}
