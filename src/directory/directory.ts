/**
 * What judging asks of the directory: an immutable, versioned snapshot of who may do what. Every answer that could be "not
 * known" says so in a word of its own, since a fact that is missing denies for a reason of its own.
 */
import type { Verb } from '../policy/rule.js';

export const ENVIRONMENTS = ['production', 'staging', 'test', 'development'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** How much harm it does if it gets out; `highly-sensitive`: what other laws protect beyond HIPAA (psychotherapy notes, substance use, HIV). */
export const SENSITIVITIES = ['ordinary', 'sensitive', 'highly-sensitive'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

export interface Agent {
  readonly id: string;
  /** Who answers for it. */
  readonly owner: string;
  readonly environment: Environment;
  readonly purposes: readonly string[];
  readonly tasks: readonly string[];
  readonly tools: readonly string[];
  /** Milliseconds since 1970. */
  readonly expires: number | undefined;
  /** Somebody outside runs it: `vendor` says who. */
  readonly vendorHeld: boolean;
  readonly vendor: string | undefined;
  /** `sha256:…` of the credential that is its own; no two agents have the same. */
  readonly credential: string | undefined;
}

export interface Tool {
  readonly name: string;
  /** The system that it reaches, and who answers for it. */
  readonly connector: string | undefined;
  readonly owner: string | undefined;
  readonly verbs: readonly Verb[];
  /** The data category that each of its parameters' values or fields stands for: `chief_complaint` → `medical_history`. */
  readonly fields: Readonly<Record<string, string>>;
  /** All data categories that it touches: those of its fields and those that it names beside. */
  readonly categories: readonly string[];
  readonly sensitivity: Sensitivity;
  /** More than `ordinary`. */
  readonly sensitive: boolean;
  /** Where a message leaves by this tool. */
  readonly channel: Channel | undefined;
}

export const CHANNELS = ['phone', 'sms', 'fax', 'email', 'portal'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Whether a provider treats a patient at this time. `unknown`: the directory does not know the provider or the patient. */
export type Care = 'active' | 'ended' | 'none' | 'unknown';
/** Whose address this is: the patient's own, a contact's who may hear of the patient, somebody else's, nobody's that is known. */
export type Standing = 'self' | 'authorized' | 'withdrawn' | 'other' | 'unknown';
/** `not-for-ai`: the patient agrees to the purpose, but not that an AI has part in it. */
export type Consent = 'given' | 'not-for-ai' | 'withdrawn' | 'expired' | 'none' | 'unknown';
export type Known<T> = T | 'unknown' | 'expired' | 'revoked';

export interface Directory {
  /** Named in every decision that used it: SHA-256 over its contents, in hex; `none` for the empty one. */
  readonly digest: string;
  agent(tenant: string, id: string, now: number): Known<Agent>;
  /** None that is switched off, or whose connector is. */
  tool(tenant: string, name: string): Tool | undefined;
  care(tenant: string, provider: string, patient: string, now: number): Care;
  /** `address` as it was written; it is normalised for its channel before it is compared. */
  standing(tenant: string, patient: string, channel: Channel, address: string, now: number): Standing;
  /** Whether a recipient (an address or a recipient's id) has been verified, for whomever. */
  verified(tenant: string, channel: Channel, address: string, now: number): boolean;
  secure(tenant: string, channel: Channel): boolean;
  consent(tenant: string, patient: string, purpose: string, now: number): Consent;
}
