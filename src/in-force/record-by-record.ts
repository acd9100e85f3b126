/**
 * The records of a policy topic, each for itself: one that cannot be put in force beside what is in force is refused alone, and
 * what its key said last that could be stays; all others come into force.
 */

import type { PolicyTexts } from '../policy/files.js';
import type { Plan } from '../policy/plan.js';
import { PolicyError } from '../policy/problem.js';
import { BASE_KEY, RecordsRefused, type Standing, textsOf } from '../policy/topic.js';

export interface Settled {
  readonly plan: Plan;
  /** In force from here on. */
  readonly standing: Standing;
  /** By key, and why. */
  readonly refused: ReadonlyMap<string, unknown>;
}

/**
 * Throws where nothing of it can be put in force. Tenants know nothing of each other: a record fits the policy or it does not.
 * A new policy that what a tenant has had in force does not fit is the one that is refused, since without the tenant's
 * record more would pass.
 */
export function recordByRecord(wanted: Standing, good: Standing, load: (texts: PolicyTexts) => Plan): Settled {
  const refused = new Map<string, unknown>();
  for (;;) {
    const standing = together(wanted, good, refused);
    try {
      return { plan: load(textsOf(standing)), standing, refused };
    } catch (error) {
      const blamed = [...blame(error, standing)].filter(([key]) => !refused.has(key));
      const fresh = blamed.filter(([key]) => changed(key, wanted, good));
      const base = fresh.find(([key]) => key === BASE_KEY);
      if (base !== undefined || (fresh.length === 0 && !refused.has(BASE_KEY) && changed(BASE_KEY, wanted, good))) {
        // The tenants' records may fit the one that stays.
        refused.clear();
        refused.set(BASE_KEY, base?.[1] ?? error);
      } else if (fresh.length === 0) throw error;
      else for (const [key, why] of fresh) refused.set(key, why);
    }
  }
}

function together(wanted: Standing, good: Standing, refused: ReadonlyMap<string, unknown>): Standing {
  const standing = new Map<string, Buffer>();
  for (const key of new Set([...good.keys(), ...wanted.keys()])) {
    const text = (refused.has(key) ? good : wanted).get(key);
    if (text !== undefined) standing.set(key, text);
  }
  return standing;
}

function changed(key: string, wanted: Standing, good: Standing): boolean {
  const [a, b] = [wanted.get(key), good.get(key)];
  return a === undefined || b === undefined ? a !== b : !a.equals(b);
}

/** Whose records an error is about, and what of it. */
function blame(error: unknown, standing: Standing): ReadonlyMap<string, unknown> {
  if (error instanceof RecordsRefused) return new Map(error.keys.map((key) => [key, error]));
  if (!(error instanceof PolicyError)) return new Map();
  const { names } = textsOf(standing);
  const keyOf = (overlay: number | undefined): string => names[overlay === undefined ? 0 : overlay + 1];
  const keys = new Set(error.problems.map(({ overlay }) => keyOf(overlay)));
  return new Map(
    [...keys].map((key) => [key, new PolicyError(error.problems.filter(({ overlay }) => keyOf(overlay) === key))]),
  );
}
