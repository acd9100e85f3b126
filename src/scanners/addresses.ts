/** What the directory says of the addresses in one message, each asked about once, however many findings and rules name it. */
import type { Channel, Standing } from '../directory/directory.js';
import type { Case } from './scanner.js';

export class Addresses {
  private readonly standings = new Map<string, Standing>();
  private readonly verifieds = new Map<string, boolean>();

  constructor(private readonly about: Case) {}

  /** Whose it is, seen from the patient whose conversation it is; unknown where the message does not say whose. */
  standing(channel: Channel, address: string): Standing {
    const { claims, directory, now } = this.about;
    if (claims.patient === undefined) return 'unknown';
    const key = keyOf(channel, address);
    let standing = this.standings.get(key);
    if (standing === undefined) {
      standing = directory.standing(claims.tenant, claims.patient, channel, address, now);
      this.standings.set(key, standing);
    }
    return standing;
  }

  verified(channel: Channel, address: string): boolean {
    const { claims, directory, now } = this.about;
    const key = keyOf(channel, address);
    let verified = this.verifieds.get(key);
    if (verified === undefined) {
      verified = directory.verified(claims.tenant, channel, address, now);
      this.verifieds.set(key, verified);
    }
    return verified;
  }
}

function keyOf(channel: Channel, address: string): string {
  return `${channel} ${address}`;
}

/** Asked of a case. */
export function addressesOf(one: Case): Addresses {
  return new Addresses(one);
}
