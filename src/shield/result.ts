/**
 * What a call answers: a union told apart by `action`, of which only what may pass has content. Reading the content of
 * anything else does not compile, and throws.
 */
import type { Category } from '../../detectors/contract.js';
import { SluiceError } from '../errors.js';
import type { Decided, Facts } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { OutcomeName, Reason, Verdict } from '../verdict.js';

/** What any answer says. Codes, ids and counts only: it may be logged as it is. */
interface Answer {
  /** Findings by category: how many, never what. */
  readonly findings: Readonly<Partial<Record<Category, number>>>;
  /** What each rule of the policy has decided, why, and on which facts; the most severe first. */
  readonly decisions: readonly Decided[];
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

/** It may not pass. */
export interface Blocked extends Answer {
  readonly action: 'block';
  readonly blocked: true;
  /** The code of what decided it: `scope-exceeded`. All codes are in `decisions`. */
  readonly reason: string;
}

/** It may not pass yet: not before somebody approves it, or before it is surer who asks. */
export interface Pending extends Answer {
  readonly action: 'require_approval' | 'step_up';
  readonly blocked: true;
  readonly reason: string;
  /** For `sluice approvals`; `undefined` where it could not be kept, so that nobody can approve it. */
  readonly approvalId: string | undefined;
}

/** There is no verdict on it, or none on record: it may not pass either. */
export interface Unscannable extends Answer {
  readonly action: 'could-not-scan';
  readonly blocked: true;
  readonly reason: Reason;
}

export type ShieldResult<T> = Allowed<T> | Redacted<T> | Blocked | Pending | Unscannable;

/** Of these the code of the first decision says more. */
const BY_RULES: ReadonlySet<Reason> = new Set<Reason>(['policy', 'approval-required', 'step-up-required']);

class Withheld {
  /** Not a property of its own, so that a result can be printed and copied. */
  get content(): never {
    throw new SluiceError('CONTENT_WITHHELD');
  }
}

export interface Answered {
  readonly verdict: Pick<Verdict, 'outcome' | 'reason'>;
  readonly facts: Pick<Facts, 'findings' | 'decisions' | 'approval'>;
  readonly incidents: readonly string[];
  readonly auditId: string | undefined;
  readonly plan: Plan;
}

export function passed<T>(answered: Answered, content: T, changed: boolean): Allowed<T> | Redacted<T> {
  const answer = { blocked: false, reason: 'none', ...about(answered), content } as const;
  return Object.freeze(changed ? { action: 'redact', ...answer } : { action: 'allow', ...answer });
}

export function withheld(answered: Answered): Blocked | Pending | Unscannable {
  const { outcome, reason } = answered.verdict;
  const { decisions, approval } = answered.facts;
  const action = actionOf(outcome, reason);
  const why = BY_RULES.has(reason) ? (decisions?.[0]?.code ?? reason) : reason;
  const pending = outcome === 'pending' ? { approvalId: approval?.id } : {};
  const answer = { action, blocked: true, reason: why, ...pending, ...about(answered) } as Blocked | Pending;
  return Object.freeze(Object.assign(new Withheld(), answer));
}

function actionOf(outcome: OutcomeName, reason: Reason): (Blocked | Pending | Unscannable)['action'] {
  if (outcome === 'pending') return reason === 'step-up-required' ? 'step_up' : 'require_approval';
  return outcome === 'blocked' || outcome === 'held' ? 'block' : 'could-not-scan';
}

function about({ facts, incidents, auditId, plan }: Answered): Answer {
  return {
    findings: facts.findings ?? {},
    decisions: facts.decisions ?? [],
    incidentId: incidents[0],
    incidentIds: incidents,
    auditId,
    policy: { name: plan.name, digest: plan.digest },
  };
}
