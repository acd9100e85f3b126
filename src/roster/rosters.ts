/**
 * The rosters of all tenants in force, and how they cross threads: handles of shared memory under a digest, with each tenant's
 * keys. Whoever attaches them asks by tenant, and what is in force anew is another image.
 */
import type { RosterKeys } from './keys.js';
import { Roster, type RosterImage } from './roster.js';

export interface RostersImage {
  readonly digest: string;
  readonly patients: number;
  readonly tenants: readonly { readonly image: RosterImage; readonly keys: RosterKeys }[];
}

export class Rosters {
  readonly digest: string;
  readonly #byTenant: ReadonlyMap<string, Roster>;

  /** Throws where one of them cannot be attached: no verdict then. */
  constructor({ digest, tenants }: RostersImage) {
    this.digest = digest;
    this.#byTenant = new Map(tenants.map(({ image, keys }) => [keys.tenant, new Roster(image, keys)]));
  }

  of(tenant: string): Roster | undefined {
    return this.#byTenant.get(tenant);
  }

  /** Those of everybody else. */
  beside(tenant: string): readonly Roster[] {
    return [...this.#byTenant].filter(([one]) => one !== tenant).map(([, roster]) => roster);
  }
}
