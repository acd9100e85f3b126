/**
 * Agents, tools and channels of all parts together: what one row cannot show by itself is checked here (nobody twice, no
 * credential shared, no tool beyond its connector), and what is left is what judging asks for.
 */
import type { Verb } from '../policy/rule.js';
import { type Agent, type Channel, SENSITIVITIES, type Sensitivity, type Tool } from './directory.js';
import type { Fault, FaultCode } from './fault.js';
import type { Named } from './part.js';
import type { NamedKind } from './row-facts.js';

/** Plain data, in an order that does not depend on that of the files. */
export interface Register {
  readonly agents: readonly (readonly [tenant: string, agent: Agent, revoked: boolean])[];
  readonly tools: readonly (readonly [tenant: string, tool: Tool])[];
  readonly secure: readonly (readonly [tenant: string, channel: Channel])[];
}

type Of<K extends NamedKind> = Extract<Named, { kind: K }>;

/** `isPerson`: whether a provider has this id. Rows with a fault are left out; whether that will do is for the caller to say. */
export function registerOf(
  named: readonly Named[],
  isPerson: (tenant: string, id: string) => boolean,
): { readonly register: Register; readonly faults: readonly Fault[]; readonly refused: readonly Named[] } {
  const faults: Fault[] = [];
  const refused = new Set<Named>();
  const refuse = (one: Named, code: FaultCode, member: string, known?: readonly string[]): void => {
    const place = { ...one.place, member: [one.place.member ?? one.kind, member].join('.') };
    faults.push({ ...place, code, ...(known && { known }) });
    refused.add(one);
  };
  const once = new Map<string, Named>();
  for (const one of named) {
    const key = keyOf(one);
    if (once.has(key))
      refuse(one, 'repeated', one.kind === 'agent' ? 'id' : one.kind === 'channel' ? 'channel' : 'name');
    else once.set(key, one);
  }
  const kept = [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
  const all = <K extends NamedKind>(kind: K): Of<K>[] => kept.filter((one): one is Of<K> => one.kind === kind);
  const found = <K extends NamedKind>(kind: K, tenant: string, name: string): Of<K> | undefined => {
    const one = once.get(nameKey(kind, tenant, name));
    return one === undefined || refused.has(one) ? undefined : (one as Of<K>);
  };

  const tools: [string, Tool][] = [];
  for (const one of all('tool')) {
    const { connector, verbs } = one.row;
    const of = connector === undefined ? undefined : found('connector', one.tenant, connector);
    if (connector !== undefined && of === undefined) {
      refuse(one, 'unknown-connector', 'connector');
      continue;
    }
    const tool = toolOf(one, of);
    const verb = of && verbs.find((verb) => !of.row.verbs.includes(verb));
    const category = of?.row.categories && tool.categories.find((category) => !of.row.categories?.includes(category));
    if (verb !== undefined) refuse(one, 'beyond-connector', 'verbs', of?.row.verbs);
    else if (category !== undefined) refuse(one, 'beyond-connector', 'categories', of?.row.categories);
    else if (one.row.disabled !== true && of?.row.disabled !== true) tools.push([one.tenant, tool]);
  }

  const agents: [string, Agent, boolean][] = [];
  const credentials = new Set<string>();
  for (const one of all('agent')) {
    const { id, credential, environment } = one.row;
    const connectors = one.row.tools.map((name) => {
      const tool = found('tool', one.tenant, name);
      const connector = tool?.row.connector;
      return { tool, of: connector === undefined ? undefined : found('connector', one.tenant, connector) };
    });
    if (isPerson(one.tenant, id)) refuse(one, 'person-shared', 'id');
    else if (credential !== undefined && credentials.has(credential)) refuse(one, 'credential-shared', 'credential');
    else if (connectors.some(({ tool }) => tool === undefined)) refuse(one, 'unknown-tool', 'tools');
    else if (connectors.some(({ of }) => of?.row.environment !== undefined && of.row.environment !== environment))
      refuse(one, 'environments-mixed', 'tools');
    else agents.push([one.tenant, agentOf(one), one.row.revoked === true]);
    if (credential !== undefined) credentials.add(credential);
  }
  const secure = all('channel')
    .filter(({ row }) => row.secure)
    .map(({ tenant, row }) => [tenant, row.channel] as const);
  return { register: { agents, tools, secure }, faults, refused: [...refused] };
}

/** A row is one with another if it has the same key. */
export function keyOf(one: Named): string {
  switch (one.kind) {
    case 'agent':
      return nameKey(one.kind, one.tenant, one.row.id);
    case 'channel':
      return nameKey(one.kind, one.tenant, one.row.channel);
    default:
      return nameKey(one.kind, one.tenant, one.row.name);
  }
}

function nameKey(kind: string, tenant: string, name: string): string {
  return `${kind}\0${tenant}\0${name}`;
}

function agentOf({ row }: Of<'agent'>): Agent {
  const { id, owner, environment, purposes, tasks, tools, expires, vendor, credential } = row;
  return {
    id,
    owner,
    environment,
    purposes,
    tasks,
    tools,
    expires: expires === undefined ? undefined : expires * 1000,
    vendorHeld: vendor !== undefined,
    vendor,
    credential,
  };
}

function toolOf({ row }: Of<'tool'>, connector: Of<'connector'> | undefined): Tool {
  const fields = row.fields ?? {};
  const sensitivity = higher(row.sensitivity, connector?.row.sensitivity);
  return {
    name: row.name,
    connector: row.connector,
    owner: row.owner ?? connector?.row.owner,
    verbs: row.verbs as readonly Verb[],
    fields,
    categories: [...new Set([...Object.values(fields), ...(row.categories ?? [])])].sort(),
    sensitivity,
    sensitive: sensitivity !== 'ordinary',
    channel: row.channel,
  };
}

function higher(...some: readonly (Sensitivity | undefined)[]): Sensitivity {
  const ranks = some.map((one) => (one === undefined ? 0 : SENSITIVITIES.indexOf(one)));
  return SENSITIVITIES[Math.max(...ranks)];
}
