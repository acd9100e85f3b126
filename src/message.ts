/**
 * A message on its way: what a transport delivers, where it came from, and what is known about it besides its content.
 * Nouns only; imported by everything from the judge up.
 */

/** What of a patient's may stand in a message. */
export const EVIDENCE = ['mrn', 'ssn', 'health-plan', 'name-birth', 'phone', 'email', 'address', 'name'] as const;
export type EvidenceKind = (typeof EVIDENCE)[number];

export const SURFACES = ['prompt', 'context', 'tool_call', 'tool_result', 'output'] as const;

/** At which point of an agent's work a message is caught. */
export type Surface = (typeof SURFACES)[number];

/** In order and with repetitions, as Kafka has them. */
export type Headers = readonly (readonly [name: string, value: Buffer | null])[];

/** One record to be judged: bytes as they came, and the surface that its topic stands for. */
export interface Task {
  readonly surface: Surface;
  readonly key: Buffer | null;
  /** `null` is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Headers;
  /** What somebody has approved of it: `rule code`, as a rule's decision was held for before. */
  readonly approved?: readonly string[];
}

export interface Source {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** `agent.prompts/0/42`: unique in a cluster, and the id of everything that comes of this record. */
export function sourceName({ topic, partition, offset }: Source): string {
  return `${topic}/${partition}/${offset}`;
}

/** What one rule has decided: names of policy and directory, codes and counts, nothing of the message. */
export interface Decided {
  readonly rule: string;
  readonly action: string;
  readonly code: string;
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
}

/** An approval: that it is asked for, and until when; or what was decided, of what, by whom. Codes and references only. */
export interface Approval {
  readonly id: string;
  readonly expires: number;
  readonly decision?: 'approved' | 'denied' | 'expired';
  /** The source of the message that was held. */
  readonly from?: string;
  readonly approver?: string;
  /** `rule code` of what was to be approved, and the digest of the policy that they are of. */
  readonly asked?: readonly string[];
  readonly plan?: string;
}

/** What a message adds to its session's memory of patients, and asks of it: keyed references and fingerprints only. */
export interface Sighted {
  /** Values that came with a patient, whose id is one of them. */
  readonly binds: readonly (readonly [patient: string, id: string, values: readonly string[]])[];
  /** Values that stand in a message about the subject, and the rules that mind if they came with another. */
  readonly asks?: {
    readonly subject: readonly [patient: string, id: string];
    readonly prints: readonly (readonly [kind: EvidenceKind, value: string])[];
    readonly rules: readonly (readonly [rule: string, action: string])[];
  };
  /** Policy trusts where it comes from: other sessions of the tenant may know it too. */
  readonly learn?: true;
}

/** What is known about a message besides its content. Handles that an identifier was found in are keyed references. */
export interface Facts {
  /** The message's own id; without one, its source stands in. */
  readonly id?: string;
  readonly tenant: string;
  readonly agent?: string;
  readonly session?: string;
  readonly surface: Surface;
  /** Keyed references, never the value. */
  readonly patient?: string;
  /** The provider, the identity and what was decided are there only where rules were asked. */
  readonly provider?: string;
  readonly recipient?: string;
  readonly identity?: 'verified' | 'unverified';
  /** Findings by category; left out if there are none. */
  readonly findings?: Readonly<Record<string, number>>;
  /** Rules of the plan that ask for an incident. */
  readonly rules?: readonly string[];
  /** What each rule has decided and why, the most severe first. */
  readonly decisions?: readonly Decided[];
  /** A keyed reference of a tool call, equal for equal calls of a conversation, where a rule asks whether it came before. */
  readonly call?: string;
  /** On the way from the judge only: what is decided if the call has come before. */
  readonly once?: { readonly conversation?: string; readonly decisions: readonly Decided[] };
  /** On the way from the judge only. */
  readonly sighted?: Sighted;
  /** First 16 hex digits of the digest of the directory that was asked. */
  readonly directory?: string;
  /** The same of the rosters. */
  readonly rosters?: string;
  /** Written where the slot's state is known. */
  readonly approval?: Approval;
  /** The source of a record that could not be scanned, and was handed in again. */
  readonly releasedFrom?: string;
  /** Headers that could not be read and are not passed on. */
  readonly headersDropped?: number;
}
