/** A directory that is asked the same thing once: rules of one case ask for the same facts, and each look-up hashes. */
import type { Agent, Care, Channel, Consent, Directory, Known, Standing, Tool } from '../directory/directory.js';

export class Remembered implements Directory {
  private readonly answers = new Map<string, unknown>();

  constructor(private readonly directory: Directory) {}

  get digest(): string {
    return this.directory.digest;
  }

  agent(tenant: string, id: string, now: number): Known<Agent> {
    return this.ask(`agent\0${tenant}\0${id}`, () => this.directory.agent(tenant, id, now));
  }

  tool(tenant: string, name: string): Tool | undefined {
    return this.ask(`tool\0${tenant}\0${name}`, () => this.directory.tool(tenant, name));
  }

  care(tenant: string, provider: string, patient: string, now: number): Care {
    return this.ask(`care\0${tenant}\0${provider}\0${patient}`, () =>
      this.directory.care(tenant, provider, patient, now),
    );
  }

  standing(tenant: string, patient: string, channel: Channel, address: string, now: number): Standing {
    return this.ask(`standing\0${tenant}\0${patient}\0${channel}\0${address}`, () =>
      this.directory.standing(tenant, patient, channel, address, now),
    );
  }

  verified(tenant: string, channel: Channel, address: string, now: number): boolean {
    return this.ask(`verified\0${tenant}\0${channel}\0${address}`, () =>
      this.directory.verified(tenant, channel, address, now),
    );
  }

  secure(tenant: string, channel: Channel): boolean {
    return this.directory.secure(tenant, channel);
  }

  consent(tenant: string, patient: string, purpose: string, now: number): Consent {
    return this.ask(`consent\0${tenant}\0${patient}\0${purpose}`, () =>
      this.directory.consent(tenant, patient, purpose, now),
    );
  }

  private ask<T>(question: string, look: () => T): T {
    if (this.answers.has(question)) return this.answers.get(question) as T;
    const answer = look();
    this.answers.set(question, answer);
    return answer;
  }
}
