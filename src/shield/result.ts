/**
 * What a call answers: a union told apart by `action`, of which only what may pass has content. Reading the content of
 * anything else does not compile, and throws.
 */
import type { Category } from '../../detectors/contract.js';
import { SluiceError } from '../errors.js';
import type { Facts } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { OutcomeName, Reason, Verdict } from '../verdict.js';

/** What any answer says. Codes, ids and counts only: it may be logged as it is. */
interface Answer {
  /** Findings by category: how many, never what. */
  readonly findings: Readonly<Partial<Record<Category, number>>>;
  /** Rules that ask for an incident. */
  readonly rules: readonly string[];
  /** The first of the incidents that were raised. */
  readonly incidentId: string | undefined;
  readonly incidentIds: readonly string[];
  /** Of the audit entry; `undefined` only if it could not be recorded. */
  readonly auditId: string | undefined;
  /** What it was judged by. */
  readonly policy: { readonly name: string; readonly digest: string };
}

/** It may pass as it came. */
export interface Allowed<T> extends Answer {
  readonly action: 'allow';
  readonly blocked: false;
  readonly reason: 'none';
  readonly content: T;
}

/** It may pass with something taken out. */
export interface Redacted<T> extends Answer {
  readonly action: 'redact';
  readonly blocked: false;
  readonly reason: 'none';
  readonly content: T;
}

/** It may not pass; `pending` waits for a person, where somebody may approve it. */
export interface Blocked extends Answer {
  readonly action: 'block' | 'require_approval';
  readonly blocked: true;
  readonly reason: Reason;
}

/** There is no verdict on it, or none on record: it may not pass either. */
export interface Unscannable extends Answer {
  readonly action: 'could-not-scan';
  readonly blocked: true;
  readonly reason: Reason;
}

export type ShieldResult<T> = Allowed<T> | Redacted<T> | Blocked | Unscannable;

class Withheld {
  /** Not a property of its own, so that a result can be printed and copied. */
  get content(): never {
    throw new SluiceError('CONTENT_WITHHELD');
  }
}

export interface Answered {
  readonly verdict: Pick<Verdict, 'outcome' | 'reason'>;
  readonly facts: Pick<Facts, 'findings' | 'rules'>;
  readonly incidents: readonly string[];
  readonly auditId: string | undefined;
  readonly plan: Plan;
}

const WITHHELD: Readonly<Partial<Record<OutcomeName, Blocked['action']>>> = {
  blocked: 'block',
  held: 'block',
  pending: 'require_approval',
};

export function passed<T>(answered: Answered, content: T, changed: boolean): Allowed<T> | Redacted<T> {
  const answer = { blocked: false, reason: 'none', ...about(answered), content } as const;
  return Object.freeze(changed ? { action: 'redact', ...answer } : { action: 'allow', ...answer });
}

export function withheld(answered: Answered): Blocked | Unscannable {
  const { outcome, reason } = answered.verdict;
  const action = WITHHELD[outcome] ?? 'could-not-scan';
  return Object.freeze(Object.assign(new Withheld(), { action, blocked: true, reason, ...about(answered) } as const));
}

function about({ facts, incidents, auditId, plan }: Answered): Answer {
  return {
    findings: facts.findings ?? {},
    rules: facts.rules ?? [],
    incidentId: incidents[0],
    incidentIds: incidents,
    auditId,
    policy: { name: plan.name, digest: plan.digest },
  };
}
