/**
 * The rosters of all tenants in force, and how they cross threads: handles of shared memory under a digest, with each tenant's
 * keys. Whoever attaches them asks by tenant, and what is in force anew is another image. Beside those that were built stands
 * what gates have learned, which changes far more often: then the built ones stay attached.
 */
import { createHash } from 'node:crypto';
import type { RosterKeys } from './keys.js';
import { type LearnedImage, LearnedRoster } from './learned-roster.js';
import { Roster, type RosterImage } from './roster.js';

export interface RostersImage {
  /** Of all of it. */
  readonly digest: string;
  readonly patients: number;
  readonly tenants: readonly { readonly image: RosterImage; readonly keys: RosterKeys }[];
  readonly learned?: LearnedImage;
  /** Of those that were built, where something was learned beside them. */
  readonly built?: string;
}

/** Built rosters, where there are any, with what was learned. */
export function withLearned(built: RostersImage | undefined, learned: LearnedImage): RostersImage {
  const { digest: before = '', patients = 0, tenants = [] } = built ?? {};
  const digest = createHash('sha256').update(`${before}\n${learned.digest}\n`).digest('hex');
  return { digest, patients, tenants, learned, built: before };
}

export class Rosters {
  readonly digest: string;
  readonly #built: string;
  readonly #byTenant: ReadonlyMap<string, Roster>;
  readonly #learned: ReadonlyMap<string, LearnedRoster>;

  /** Throws where one of them cannot be attached: no verdict then. `before`: those that were attached, if there were any. */
  constructor({ digest, tenants, learned, built = digest }: RostersImage, before?: Rosters) {
    this.digest = digest;
    this.#built = built;
    this.#byTenant =
      before !== undefined && before.#built === built
        ? before.#byTenant
        : new Map(tenants.map(({ image, keys }) => [keys.tenant, new Roster(image, keys)]));
    this.#learned = new Map(
      (learned?.tenants ?? []).map(({ table, keys }) => [keys.tenant, new LearnedRoster(table, keys)]),
    );
  }

  /** What digest the built ones have. */
  isBuiltAs({ digest, built = digest }: RostersImage): boolean {
    return this.#built === built;
  }

  of(tenant: string): Roster | undefined {
    return this.#byTenant.get(tenant);
  }

  /** Those of everybody else. */
  beside(tenant: string): readonly Roster[] {
    return others(this.#byTenant, tenant);
  }

  learned(tenant: string): LearnedRoster | undefined {
    return this.#learned.get(tenant);
  }

  learnedBeside(tenant: string): readonly LearnedRoster[] {
    return others(this.#learned, tenant);
  }
}

function others<T>(all: ReadonlyMap<string, T>, tenant: string): readonly T[] {
  return [...all].filter(([one]) => one !== tenant).map(([, other]) => other);
}
