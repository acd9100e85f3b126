/**
 * What is decided about a message. Every input offset gets exactly one verdict and one outcome record; `could-not-scan` is
 * a verdict of its own, and never carries content.
 */
import type { Facts, Headers } from './message.js';

/** Append only: the position is what travels between threads. */
export const OUTCOMES = ['clean', 'redacted', 'blocked', 'held', 'pending', 'could-not-scan', 'tombstone'] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** Why there is no content, with the sentence that the reference page prints. Append only, as above. */
export const REASONS = {
  none: 'there is content',
  'not-utf8': 'the value is not valid UTF-8, or the record says that it is not',
  'too-large': 'the value has more bytes than messageBytesMax',
  'headers-too-many': 'there are more headers, or more bytes in them, than the bound',
  'envelope-invalid': 'the record says it is an envelope, but is not one',
  'envelope-ambiguous': 'a member of the envelope is there twice',
  'content-binary': 'the content says that it is compressed, encrypted or encoded, and is not text in base64',
  'json-too-deep': 'the JSON is nested deeper than the bound',
  'findings-too-many': 'there are more findings than the bound',
  'engine-failed': 'the engine failed on this message',
  deadline: 'scanning took longer than the deadline, alone and for the second time',
  'worker-died': 'the worker thread died over it, alone and for the second time',
  'worker-refused': 'the worker thread gave an answer that does not fit the message, alone and for the second time',
  'batch-too-large': 'the batch that it came in inflates past the bound',
  'batch-damaged': 'the batch that it came in cannot be decompressed',
  'codec-unknown': 'the batch that it came in is compressed in a way that nobody knows',
  'output-too-large': 'the redacted record is larger than a record may be',
  policy: 'a rule of the policy blocks it: the audit entry names it',
  'approval-required': 'a rule of the policy asks for somebody to approve it first',
  'step-up-required': 'a rule of the policy asks for a surer identity first',
  'directory-unreadable': 'the directory that the shield was made with cannot be put in force',
  'not-recorded': 'the sink of the SDK did not keep the audit entry',
  overloaded: 'more calls of the SDK are in hand than the bound',
  'roster-missing': 'a rule of the policy asks for a roster, and there is none of this tenant',
  'approval-denied': 'somebody was asked to approve it, and did not',
  'approval-expired': 'nobody has approved it in time, or the approval came too late',
  'approval-used': 'its approval has been used before',
  'approval-invalid': 'its approval was not given for this message, not in this place, or not by who has the key',
  'approval-elsewhere': 'it is an approval for a call of the SDK, which takes it itself',
} as const;
export type Reason = keyof typeof REASONS;
export const REASON_NAMES = Object.keys(REASONS) as readonly Reason[];

export interface Verdict {
  readonly outcome: OutcomeName;
  readonly reason: Reason;
  /** The redacted value; left out where the value that came in stands, also if only headers or the key were redacted. */
  readonly value?: Buffer;
  /** The key, if it may not stand as it came; of a message that could not be scanned, the key that has been looked at. */
  readonly key?: Buffer;
  /** The headers that may be passed on, if they are not all that came. */
  readonly headers?: Headers;
  /** `Facts` as JSON, written where it was judged: most of them are copied into the audit entry unread. */
  readonly facts: string;
}

export function factsOf(verdict: Verdict): Facts {
  return JSON.parse(verdict.facts) as Facts;
}

/** Whether the outcome record carries content. */
export function hasContent({ outcome }: Pick<Verdict, 'outcome'>): boolean {
  return outcome === 'clean' || outcome === 'redacted';
}

export function couldNotScan(reason: Reason, facts: Facts): Verdict {
  return { outcome: 'could-not-scan', reason, facts: JSON.stringify(facts) };
}
