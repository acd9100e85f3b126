/**
 * What a session has seen of its patients, where there is no roster: an identifier that came with one patient and later stands in
 * a message about another is not the other's. Pure and small: sightings are handed in with a message and what it adds comes out,
 * keyed, so that they may be stored with the session's state, and a message that is judged again counts once.
 */
import { createHmac } from 'node:crypto';
import type { Finding } from '../engine/finding.js';
import { SipHash } from '../fingerprint/siphash.js';
import { EVIDENCE, type EvidenceKind } from '../message.js';
import { plausibleBirths } from './birth.js';
import { patientId } from './canonical.js';
import { nearest } from './dated.js';
import { Domain, LOOKED_UP } from './domain.js';
import type { RosterKeys } from './keys.js';
import { rootsOf } from './nicknames.js';
import { readings, readingsIn } from './person-name.js';
import { Remembered } from './remembered.js';
import { valuesOf } from './values.js';

/** Patients that a session remembers, and values of each; the one that was silent longest is forgotten first. */
export const sightedPatientsMax = 32;
export const sightedValuesMax = 128;
/** How long a patient is remembered who is not seen again. */
export const sightingMs = 12 * 60 * 60 * 1000;
/** A value that came with more patients than this belongs to the place, not to them: its front desk, its address. */
const OWNERS_MAX = 3;

/** Of one patient: a keyed reference, and keyed fingerprints of what came with that patient. */
export interface Sighted {
  readonly patient: string;
  /** When it was seen last, in milliseconds since 1970. */
  readonly at: number;
  readonly values: readonly string[];
}

export type Sightings = readonly Sighted[];

/** What a message says of itself. */
export interface Spoken {
  readonly findings: readonly Finding[];
  readonly text: string;
  readonly now: number;
}

/** Another patient of this session, whose identifiers stand in a message about somebody else. */
export interface Mixed {
  readonly patient: string;
  readonly level: 'medium' | 'strong';
  readonly kinds: readonly EvidenceKind[];
  /** Positions in `findings`. */
  readonly findings: readonly number[];
}

/** Kinds that decide alone; of the others it takes two. */
const DECIDING: ReadonlySet<EvidenceKind> = new Set(['mrn', 'ssn', 'health-plan', 'name-birth']);

/** Patients, and names of messages, whose fingerprints a thread keeps for each tenant. */
const REMEMBERED_MAX = 2048;

interface Fingerprint {
  readonly high: number;
  readonly low: number;
}

/** A value of a message, keyed. */
export interface Print {
  readonly kind: EvidenceKind;
  readonly value: string;
  readonly findings: readonly number[];
}

/** A patient, keyed: the reference, and the fingerprint of the id among the values. */
export interface Person {
  readonly reference: string;
  readonly id: string;
}

export class Sighter {
  readonly #hash: SipHash;
  /** Who is spoken of once is spoken of again: a session is about few, and a thread has few sessions at once. */
  readonly #people = new Remembered((patient): Person => {
    return { reference: this.#reference(patient), id: this.#print(Domain.Chart, idOf(patient)) };
  }, REMEMBERED_MAX);
  readonly #names = new Remembered((written) => this.#named(written), REMEMBERED_MAX);

  constructor(private readonly keys: RosterKeys) {
    this.#hash = new SipHash(keys.fingerprint);
  }

  #reference(patient: string): string {
    return createHmac('sha256', this.keys.reference)
      .update(`sighted ${idOf(patient)}`)
      .digest('base64url')
      .slice(0, 22);
  }

  person(patient: string): Person {
    return this.#people.of(patient);
  }

  /** What stands for a patient in a session's state: the same wherever the key is. */
  reference(patient: string): string {
    return this.person(patient).reference;
  }

  /** The sightings after what came with a patient; the same ones if it brought nothing new. */
  learn(before: Sightings, patient: string, spoken: Spoken): Sightings {
    const values = this.prints(spoken).map(({ value }) => value);
    return learnt(before, this.person(patient), values, spoken.now);
  }

  /** Whose identifiers a message about these patients holds that came with others in this session. */
  mixed(sightings: Sightings, subject: readonly string[], spoken: Spoken): readonly Mixed[] {
    return mixedIn(
      sightings,
      subject.map((one) => this.person(one)),
      this.prints(spoken),
      spoken.now,
    );
  }

  /** Values, and names with each birth date that may belong to them, in every reading. */
  prints({ findings, text, now }: Spoken): Print[] {
    const { values, names, births } = valuesOf(findings, text, this.#hash);
    const prints: Print[] = values.map(({ domain, high, low, findings }) => ({
      kind: LOOKED_UP[domain],
      value: hex(high, low),
      findings,
    }));
    if (births.length === 0 || names.length === 0) return prints;
    const year = new Date(now).getUTCFullYear();
    for (const birth of births) {
      const near = nearest(names, birth);
      if (near.length === 0) continue;
      for (const date of plausibleBirths(text.slice(birth.start, birth.end), year)) {
        this.#hash.number(date, Domain.Birth);
        const { high, low } = this.#hash;
        for (const name of near) {
          const findings = [...name.findings, ...birth.findings];
          for (const one of readingsIn(text, name.start, name.end, (whole, from, to) =>
            this.#names.of(whole.slice(from, to)),
          ))
            prints.push({ kind: 'name-birth', value: hex(one.high ^ high, one.low ^ low), findings });
        }
      }
    }
    return prints;
  }

  /** Fingerprints of a name in every reading, and under every name that it may be short for. */
  #named(written: string): readonly Fingerprint[] {
    return readings(written).flatMap(({ given, family }) =>
      rootsOf(given).map((root) => {
        this.#hash.text(`${root} ${family}`, Domain.Name);
        return { high: this.#hash.high, low: this.#hash.low };
      }),
    );
  }

  #print(domain: Domain, value: string): string {
    this.#hash.text(value, domain);
    return hex(this.#hash.high, this.#hash.low);
  }
}

/** Sixteen digits; numbers and buffers are slow to be written in them. */
function hex(high: number, low: number): string {
  return half(high) + half(low);
}

function half(word: number): string {
  return String.fromCharCode(
    digit(word >>> 28),
    digit(word >>> 24),
    digit(word >>> 20),
    digit(word >>> 16),
    digit(word >>> 12),
    digit(word >>> 8),
    digit(word >>> 4),
    digit(word),
  );
}

const DIGITS = Uint8Array.from(Buffer.from('0123456789abcdef'));

/** Of the last four bits. */
function digit(bits: number): number {
  return DIGITS[bits & 15];
}

/** The sightings after values that came with a patient; the same ones if they are nothing new. */
export function learnt(before: Sightings, { reference, id }: Person, seen: readonly string[], now: number): Sightings {
  const fresh = before.filter(({ at }) => now - at <= sightingMs);
  const known = fresh.find((one) => one.patient === reference);
  const values = [...new Set([...(known?.values ?? []), id, ...seen])];
  if (known !== undefined && values.length === known.values.length && fresh.length === before.length && known.at >= now)
    return before;
  const others = fresh.filter((one) => one !== known);
  const at = Math.max(now, known?.at ?? 0);
  return [...others, { patient: reference, at, values: values.slice(-sightedValuesMax) }].slice(-sightedPatientsMax);
}

/** Which of these values came with others than these patients. */
export function mixedIn(
  sightings: Sightings,
  subject: readonly Person[],
  prints: readonly Print[],
  now: number,
): readonly Mixed[] {
  const fresh = sightings.filter(({ at }) => now - at <= sightingMs);
  if (fresh.length === 0 || subject.length === 0) return [];
  const own = new Set(subject.map(({ reference }) => reference));
  const ownIds = new Set(subject.map(({ id }) => id));
  const found = new Map<string, Print[]>();
  for (const print of prints) {
    if (ownIds.has(print.value)) continue;
    const owners = fresh.filter(({ values }) => values.includes(print.value));
    if (owners.length > OWNERS_MAX || owners.some(({ patient }) => own.has(patient))) continue;
    for (const { patient } of owners) found.set(patient, [...(found.get(patient) ?? []), print]);
  }
  return [...found].map(([patient, all]) => {
    const kinds = EVIDENCE.filter((kind) => all.some((one) => one.kind === kind));
    const decided = kinds.length > 1 || kinds.some((kind) => DECIDING.has(kind));
    const findings = [...new Set(all.flatMap((one) => one.findings))].sort((a, b) => a - b);
    return { patient, level: decided ? 'strong' : 'medium', kinds, findings };
  });
}

/** The form of an id that a chart's number is compared in; of one that is no number, itself. */
function idOf(patient: string): string {
  return patientId(patient) || patient;
}
