/** What the directory says of the addresses in one message, each asked about once, however many findings and rules name it. */
import type { Channel, Standing } from '../directory/directory.js';
import { type Case, Question } from './scanner.js';

export class Addresses {
  /** By how they are written; one that is written the same for another channel hangs on the one before. */
  private readonly known = new Map<string, Address>();

  constructor(private readonly about: Case) {}

  of(channel: Channel, written: string): Address {
    const before = this.known.get(written);
    for (let one = before; one !== undefined; one = one.next) if (one.channel === channel) return one;
    const address = new Address(this.about, channel, written, before);
    this.known.set(written, address);
    return address;
  }
}

class Address {
  private whose: Standing | undefined;
  private right: boolean | undefined;

  constructor(
    private readonly about: Case,
    readonly channel: Channel,
    private readonly written: string,
    readonly next: Address | undefined,
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

export const addressesOf = new Question((one) => new Addresses(one));
