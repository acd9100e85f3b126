/** What the directory says of the addresses in one message, each asked about once, however many findings and rules name it. */
import type { Channel, Standing } from '../directory/directory.js';
import type { Case } from './scanner.js';

export class Addresses {
  private readonly known = new Map<string, Address>();

  constructor(private readonly about: Case) {}

  of(channel: Channel, written: string): Address {
    const key = `${channel} ${written}`;
    let address = this.known.get(key);
    if (address === undefined) this.known.set(key, (address = new Address(this.about, channel, written)));
    return address;
  }
}

class Address {
  private whose: Standing | undefined;
  private right: boolean | undefined;

  constructor(
    private readonly about: Case,
    private readonly channel: Channel,
    private readonly written: string,
  ) {}

  /** Whose it is, seen from the patient whose conversation it is; unknown where the message does not say whose. */
  get standing(): Standing {
    const { claims, directory, now } = this.about;
    this.whose ??=
      claims.patient === undefined
        ? 'unknown'
        : directory.standing(claims.tenant, claims.patient, this.channel, this.written, now);
    return this.whose;
  }

  get verified(): boolean {
    const { claims, directory, now } = this.about;
    this.right ??= directory.verified(claims.tenant, this.channel, this.written, now);
    return this.right;
  }
}

/** Asked of a case. */
export function addressesOf(one: Case): Addresses {
  return new Addresses(one);
}
