/**
 * What judging asks of the directory: an immutable, versioned snapshot of who may do what. Every answer that could be "not
 * known" says so in a word of its own, since a fact that is missing denies for a reason of its own.
 */
import type { Verb } from '../policy/rule.js';

export interface Agent {
  readonly id: string;
  readonly owner: string;
  readonly environment: string;
  readonly purposes: readonly string[];
  readonly tasks: readonly string[];
  readonly tools: readonly string[];
  /** Milliseconds since 1970. */
  readonly expires: number | undefined;
  readonly vendorHeld: boolean;
}

export interface Tool {
  readonly name: string;
  readonly verbs: readonly Verb[];
  /** The data category that each of its parameters' values or fields stands for: `chief_complaint` → `medical_history`. */
  readonly fields: Readonly<Record<string, string>>;
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
export type Consent = 'given' | 'withdrawn' | 'expired' | 'none' | 'unknown';
export type Known<T> = T | 'unknown' | 'expired';

export interface Directory {
  /** Named in every decision that used it: SHA-256 over its contents, in hex; `none` for the empty one. */
  readonly digest: string;
  agent(tenant: string, id: string, now: number): Known<Agent>;
  tool(tenant: string, name: string): Tool | undefined;
  care(tenant: string, provider: string, patient: string, now: number): Care;
  /** `address` as it was written; it is normalised for its channel before it is compared. */
  standing(tenant: string, patient: string, channel: Channel, address: string, now: number): Standing;
  /** Whether a recipient (an address or a recipient's id) has been verified, for whomever. */
  verified(tenant: string, channel: Channel, address: string, now: number): boolean;
  secure(tenant: string, channel: Channel): boolean;
  consent(tenant: string, patient: string, purpose: string, now: number): Consent;
}
