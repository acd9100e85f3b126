/**
 * A session's memory at work: the values that a message holds are looked for among those that came with other patients of the
 * session, and what came with whom in this one is remembered. In the order of offsets, so that it counts once.
 */
import type { Decided, Sighted } from '../message.js';
import { learnt, type Mixed, mixedIn, type Person, type Sightings } from '../roster/sightings.js';

/** What the rules say of it, by what the session has seen before. */
export function contaminated(before: Sightings, { asks }: Sighted, now: number): readonly Decided[] {
  if (asks === undefined) return [];
  const prints = asks.prints.map(([kind, value]) => ({ kind, value, findings: [] }));
  const strong = mixedIn(before, [personOf(asks.subject)], prints, now).filter(({ level }) => level === 'strong');
  if (strong.length === 0) return [];
  return asks.rules.map(([rule, action]) => ({ rule, action, code: 'other-patient', facts: factsOf(strong) }));
}

/** The sightings after a message; the same ones if it brings nothing new. */
export function seenIn(before: Sightings, { binds }: Sighted, now: number): Sightings {
  return binds.reduce((all, [reference, id, values]) => learnt(all, { reference, id }, values, now), before);
}

function factsOf(mixed: readonly Mixed[]): Decided['facts'] {
  return {
    by: 'session',
    evidence: [...new Set(mixed.flatMap(({ kinds }) => kinds))].sort(),
    patients: mixed.map(({ patient }) => `p:${patient}`),
  };
}

function personOf([reference, id]: readonly [string, string]): Person {
  return { reference, id };
}
