/**
 * Names that go with a birth date, and whom each may be: those born that day stand side by side in a roster, and one walk over
 * them answers for every reading of every name near the date.
 */
import { isoBirth, plausibleBirths } from './birth.js';
import { hasSpace } from './person-name.js';
import type { Roster, Stretch } from './roster.js';
import { Sieve } from './sieve.js';
import type { Reading } from './signature.js';
import { type Birth, besideUnits, type Name } from './values.js';
import { nameBirthBits, nameBits } from './weigh.js';

/** A patient whom a name may be, by what it says together with a date. */
export interface Candidate {
  readonly bits: number;
  readonly birth: Birth;
}

/** Whom each name may be. */
export type Candidates = ReadonlyMap<Name, ReadonlyMap<number, Candidate>>;

/** A date that is read in its unlikelier order. */
const OTHER_ORDER_BITS = 1;
/** Names that a birth date may belong to: so many of the nearest, so near; nearer if nothing says that it is a birth date. */
const NAMES_NEAR = 6;
const NEAR_UNITS = 400;
/** Two halves of a name, in two leaves of JSON, are this close at most. */
const HALVES_UNITS = 48;

/** Names and dates as they stand in a text, each in its order. */
export interface Dates {
  readonly names: readonly Name[];
  readonly births: readonly Birth[];
  readonly text: string;
  /** This year, for dates with two of its digits. */
  readonly year: number;
}

/** One serves all: a walk is over before another begins. */
const sieve = new Sieve();

export function candidatesOf(roster: Roster, { names, births, text, year }: Dates): Candidates {
  const candidates = new Map<Name, Map<number, Candidate>>();
  for (const birth of births) {
    const near = nearest(names, birth);
    if (near.length === 0) continue;
    const plain = isoBirth(text, birth.start, birth.end, year);
    const dates = plain > 0 ? [plain] : plausibleBirths(text.slice(birth.start, birth.end), year);
    let asked: Asked | undefined;
    for (let i = 0; i < dates.length; i++) {
      const stretches = roster.bornOn(dates[i]);
      if (stretches.length === 0) continue;
      if (asked === undefined) sieve.ask((asked = askedOf(roster, text, near)).readings);
      const less = i === 0 ? 0 : OTHER_ORDER_BITS;
      walk({ roster, stretches, birth, less }, asked, candidates);
    }
  }
  return candidates;
}

interface Day {
  readonly roster: Roster;
  readonly stretches: readonly Stretch[];
  readonly birth: Birth;
  readonly less: number;
}

function walk(
  { roster, stretches, birth, less }: Day,
  { readings, names }: Asked,
  candidates: Map<Name, Map<number, Candidate>>,
): void {
  const born = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  for (const { layer, from, to } of stretches) {
    const { signatures } = layer;
    const { words } = signatures;
    sieve.touch(words, from, to);
    for (let row = sieve.next(words, from, to); row < to; row = sieve.next(words, row + 1, to)) {
      for (let i = 0; i < readings.length; i++) {
        if (!sieve.isAsked(i)) continue;
        const said = nameBits(signatures, row, readings[i], roster.frequencies);
        const number = said === Number.NEGATIVE_INFINITY ? -1 : roster.numberAt(layer, row);
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

/** Readings, and which name each is a reading of. */
interface Asked {
  readonly readings: Reading[];
  readonly names: Name[];
}

/** Every reading of some names; of names that follow close upon each other, as the halves of one too. */
function askedOf(roster: Roster, text: string, near: readonly Name[]): Asked {
  const asked: Asked = { readings: [], names: [] };
  for (let i = 0; i < near.length; i++) {
    const name = near[i];
    name.readings ??= roster.readingsIn(text, name.start, name.end);
    push(asked, name.readings, name);
    // A place before the first is no index, and asking for it costs more than the rest of this.
    const before = i === 0 ? undefined : near[i - 1];
    if (before === undefined || !areHalves(text, before, name)) continue;
    const findings = [...before.findings, ...name.findings];
    const whole = { start: before.start, end: name.end, findings, readings: undefined };
    const written = `${text.slice(before.start, before.end)} ${text.slice(name.start, name.end)}`;
    push(asked, roster.readings(written), whole);
  }
  return asked;
}

function push({ readings, names }: Asked, more: readonly Reading[], name: Name): void {
  for (const reading of more) {
    readings.push(reading);
    names.push(name);
  }
}

/** {"family":"Garcia","given":["Ana"]} */
function areHalves(text: string, one: Name, other: Name): boolean {
  const gap = other.start - one.end;
  if (gap <= 0 || gap > HALVES_UNITS) return false;
  return !hasSpace(text, one.start, one.end) && !hasSpace(text, other.start, other.end);
}

const NONE: readonly Name[] = [];

/** The names that a birth date may belong to, in the order of the text. */
export function nearest(names: readonly Name[], { start, labelled }: Birth): readonly Name[] {
  let near: Name[] | undefined;
  for (const name of names) {
    const isNear = labelled
      ? Math.abs(name.start - start) <= NEAR_UNITS
      : name.end <= start && start - name.end <= besideUnits;
    if (isNear) (near ??= []).push(name);
    else if (name.start > start + NEAR_UNITS) break;
  }
  if (near === undefined || near.length <= NAMES_NEAR) return near ?? NONE;
  const reach = near.map((name) => Math.abs(name.start - start)).sort((a, b) => a - b)[NAMES_NEAR - 1];
  return near.filter((name) => Math.abs(name.start - start) <= reach);
}
