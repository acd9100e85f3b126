/**
 * A directory as it crosses threads: a few handles of shared memory under a digest. Whoever attaches it answers what judging
 * asks; what is put together anew is another image, and the old one goes on answering for those that still hold it.
 */
import { createHash } from 'node:crypto';
import { handleUnitsMax } from '../limits.js';
import { type AddressChannel, keptBy, normalAddress } from './address.js';
import type { Agent, Care, Channel, Consent, Directory, Known, Standing, Tool } from './directory.js';
import { FactLayer } from './facts.js';
import { DirectoryRefused, type Fault } from './fault.js';
import { secondsOf } from './moment.js';
import { Fingerprints, type Named, type Part } from './part.js';
import { type Register, registerOf } from './register.js';
import { Domain } from './row-facts.js';
import { consentBy, holds, standingBy } from './timeline.js';

export interface DirectoryImage {
  readonly digest: string;
  /** Of the fingerprints: a secret, but of use only beside what it keys. */
  readonly key: Uint8Array;
  /** Agents, tools and channels as JSON. */
  readonly register: SharedArrayBuffer;
  readonly layers: readonly (readonly SharedArrayBuffer[])[];
}

export interface Composed {
  readonly image: DirectoryImage;
  readonly faults: readonly Fault[];
  /** Rows that were left out for them. */
  readonly refused: readonly Named[];
}

/** All parts as one; what they have against each other is said, and left out. */
export function compose(parts: readonly Part[], key: Uint8Array, tenant: string): Composed {
  const facts = new LayeredFacts(
    parts.map((part) => part.facts),
    key,
  );
  const isPerson = (of: string, id: string): boolean => facts.of(Domain.Provider, of, id).length > 0;
  const { register, faults, refused } = registerOf(
    parts.flatMap(({ named }) => named),
    isPerson,
  );
  const bytes = Buffer.from(JSON.stringify(register));
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  const digest = createHash('sha256').update(tenant);
  for (const one of parts.map((part) => part.digest).sort()) digest.update(`\n${one}`);
  const layers = parts.filter(({ facts: { entries } }) => entries > 0).map(({ facts: { leaves } }) => leaves);
  return { image: { digest: digest.digest('hex'), key, register: shared, layers }, faults, refused };
}

/** The same, where any fault is one too many. */
export function composeAll(parts: readonly Part[], key: Uint8Array, tenant: string): DirectoryImage {
  const { image, faults } = compose(parts, key, tenant);
  if (faults.length > 0) throw new DirectoryRefused(faults);
  return image;
}

export function attachDirectory(image: DirectoryImage): Directory {
  return new AttachedDirectory(image);
}

/** When more are kept, it begins anew. */
const PROVIDERS_MAX = 4096;

class AttachedDirectory implements Directory {
  readonly digest: string;
  /** By tenant and name. */
  private readonly agents: ByTenant<readonly [agent: Agent, revoked: boolean]>;
  private readonly tools: ByTenant<Tool>;
  private readonly channels: ByTenant<true>;
  private readonly facts: LayeredFacts;
  private readonly normal = new LastAddress();
  /** Facts about providers, who come again with message after message, by tenant and name. */
  private readonly providers = new Map<string, Map<string, readonly number[]>>();
  private providersKnown = 0;

  constructor({ digest, key, register, layers }: DirectoryImage) {
    this.digest = digest;
    const { agents, tools, secure } = JSON.parse(Buffer.from(register).toString()) as Register;
    this.agents = byTenant(agents.map(([tenant, agent, off]) => [tenant, agent.id, [agent, off]]));
    // Without a prototype: what a message calls a field may be `constructor`.
    const bare = (tool: Tool): Tool => ({ ...tool, fields: Object.assign(Object.create(null), tool.fields) });
    this.tools = byTenant(tools.map(([tenant, tool]) => [tenant, tool.name, bare(tool)]));
    this.channels = byTenant(secure.map(([tenant, channel]) => [tenant, channel, true]));
    this.facts = new LayeredFacts(
      layers.map((leaves) => new FactLayer(leaves)),
      key,
    );
  }

  agent(tenant: string, id: string, now: number): Known<Agent> {
    const known = this.agents.get(tenant)?.get(id);
    if (known === undefined) return 'unknown';
    const [agent, revoked] = known;
    if (revoked) return 'revoked';
    return agent.expires !== undefined && agent.expires <= now ? 'expired' : agent;
  }

  tool(tenant: string, name: string): Tool | undefined {
    return this.tools.get(tenant)?.get(name);
  }

  care(tenant: string, provider: string, patient: string, now: number): Care {
    const at = secondsOf(now);
    const care = holds(this.facts.of(Domain.Care, tenant, provider, patient), at);
    const works = holds(this.provider(tenant, provider), at);
    if (works === 'none' || (care === 'none' && !this.knows(tenant, patient))) return 'unknown';
    // Who does not work here any more treats nobody.
    return care === 'active' && works !== 'active' ? 'ended' : care;
  }

  standing(tenant: string, patient: string, channel: Channel, address: string, now: number): Standing {
    const kept = keptBy(channel);
    const normal = this.normal.of(kept, address);
    if (normal === undefined) return 'unknown';
    const standing = standingBy(this.facts.of(Domain.Address, tenant, patient, kept, normal), secondsOf(now));
    if (standing !== 'unknown') return standing;
    return this.facts.of(Domain.Anybody, tenant, kept, normal).length > 0 ? 'other' : 'unknown';
  }

  verified(tenant: string, channel: Channel, address: string, now: number): boolean {
    const at = secondsOf(now);
    if (holds(this.facts.of(Domain.Verified, tenant, 'id', address.trim()), at) === 'active') return true;
    const kept = keptBy(channel);
    const normal = this.normal.of(kept, address);
    return normal !== undefined && holds(this.facts.of(Domain.Verified, tenant, kept, normal), at) === 'active';
  }

  secure(tenant: string, channel: Channel): boolean {
    return this.channels.get(tenant)?.get(channel) === true;
  }

  consent(tenant: string, patient: string, purpose: string, now: number): Consent {
    const consent = consentBy(this.facts.of(Domain.Consent, tenant, patient, purpose), secondsOf(now));
    return consent === 'none' && !this.knows(tenant, patient) ? 'unknown' : consent;
  }

  private provider(tenant: string, provider: string): readonly number[] {
    const known = this.providers.get(tenant)?.get(provider);
    if (known !== undefined) return known;
    const facts = [...this.facts.of(Domain.Provider, tenant, provider)];
    if (provider.length > handleUnitsMax || tenant.length > handleUnitsMax) return facts;
    if (++this.providersKnown > PROVIDERS_MAX) {
      this.providers.clear();
      this.providersKnown = 1;
    }
    const ofTenant = this.providers.get(tenant);
    if (ofTenant === undefined) this.providers.set(tenant, new Map([[provider, facts]]));
    else ofTenant.set(provider, facts);
    return facts;
  }

  private knows(tenant: string, patient: string): boolean {
    return this.facts.of(Domain.Patient, tenant, patient).length > 0;
  }
}

type ByTenant<T> = ReadonlyMap<string, ReadonlyMap<string, T>>;

/** Two look-ups cost less than putting two names together. */
function byTenant<T>(all: readonly (readonly [tenant: string, name: string, one: T])[]): ByTenant<T> {
  const tenants = new Map<string, Map<string, T>>();
  for (const [tenant, name, one] of all) {
    const known = tenants.get(tenant);
    if (known === undefined) tenants.set(tenant, new Map([[name, one]]));
    else known.set(name, one);
  }
  return tenants;
}

/** The normal form of an address: of one address several things are asked in a row. */
class LastAddress {
  private channel: AddressChannel = 'phone';
  private written = '';
  private normal: string | undefined;

  of(channel: AddressChannel, written: string): string | undefined {
    if (channel === this.channel && written === this.written) return this.normal;
    this.channel = channel;
    this.written = written;
    return (this.normal = normalAddress(channel, written));
  }
}

/** The facts of all parts behind one question. */
class LayeredFacts {
  private readonly fingerprints: Fingerprints;
  private found: number[] = [];

  constructor(
    private readonly layers: readonly FactLayer[],
    key: Uint8Array,
  ) {
    this.fingerprints = new Fingerprints(key);
  }

  /** Mark, beginning and end of each. */
  of(domain: Domain, tenant: string, first: string, second = '', third = ''): readonly number[] {
    const { fingerprints } = this;
    fingerprints.of(domain, tenant, first, second, third);
    // To empty an array costs more than a new one.
    if (this.found.length > 0) this.found = [];
    for (const layer of this.layers) layer.read(fingerprints.high, fingerprints.low, this.found);
    return this.found;
  }
}
