/**
 * The scanner `authorization`: who would hear of the patient. It speaks where something goes to somebody: an output that
 * holds identifiers, and a tool call that sends. Recipients are those that the message is said to go to, those in the
 * parameters, and addresses in the output itself.
 */
import type { Consent } from '../directory/directory.js';
import type { AuthorizationRule } from '../policy/rule.js';
import { agentOf } from './agent.js';
import { channelOf, isDialled, type Refused, standingOf, statedStanding } from './recipient.js';
import {
  type Case,
  type Clause,
  type DecisionFacts,
  NONE,
  Question,
  type Recipient,
  type Said,
  type Scan,
} from './scanner.js';
import { CHANNEL_OF } from './subject.js';
import { bare } from './told.js';
import { sends } from './verbs.js';

const RESEARCH = 'research';
export const authorization: Scan<AuthorizationRule> = (clause, one) => {
  const { claims, call } = one;
  if (call === 'malformed') return [saidOf('call-malformed', clause, one)];
  let said: Said[] | undefined;
  if (clause.identityVerification) {
    const agent = one.ask(agentOf);
    if (agent === 'expired' || agent === 'revoked') (said ??= []).push(saidOf(`agent-${agent}`, clause, one));
  }
  if (one.ask(goes)) {
    if (clause.identityVerification && claims.identity !== 'verified') {
      const code = claims.identity === undefined ? 'identity-unknown' : 'identity-unverified';
      (said ??= []).push(saidOf(code, clause, one));
    }
    if (clause.authorizedContacts || clause.unverifiedRecipients || clause.secureChannels)
      said = recipients(clause, one, said);
  }
  const consented = clause.consent ? one.ask(consent) : undefined;
  if (consented === DEIDENTIFIED) (said ??= []).push(one.ask(deidentified));
  else if (consented !== undefined) (said ??= []).push(saidOf(consented, clause, one));
  return said ?? NONE;
};

/** Whether something goes to somebody. */
const goes = new Question((one): boolean => {
  const { surface } = one.claims;
  return surface === 'tool_call' ? one.ask(sends) : surface === 'output' && one.findings.length > 0;
});

function saidOf(code: string, { action }: Clause<AuthorizationRule>, one: Case, facts?: DecisionFacts): Said {
  const findings = one.ask(allOf);
  if (facts !== undefined) return { action, code, facts, findings };
  const { facts: none, written } = bare(code, action);
  return { action, code, facts: none, written, findings };
}

/** Positions of all findings. */
const allOf = new Question(({ findings }): readonly number[] => findings.map((_, i) => i));

function recipients(clause: Clause<AuthorizationRule>, one: Case, before: Said[] | undefined): Said[] | undefined {
  const { count: all, refused } = one.ask(recipientsOf);
  let said = before;
  if (all === 0 && one.claims.surface === 'tool_call') (said ??= []).push(saidOf('recipient-unstated', clause, one));
  if (refused.length === 0) return said;
  const counts = new Map<string, number>();
  const count = (code: string): void => void counts.set(code, (counts.get(code) ?? 0) + 1);
  for (const one of refused) {
    const contact = clause.authorizedContacts ? one.contact : undefined;
    const verified = clause.unverifiedRecipients ? one.verified : undefined;
    const channel = clause.secureChannels ? one.channel : undefined;
    if (contact !== undefined) count(contact);
    if (verified !== undefined && verified !== contact) count(verified);
    if (channel !== undefined && channel !== contact && channel !== verified) count(channel);
  }
  for (const [code, count] of counts) (said ??= []).push(saidOf(code, clause, one, { count }));
  return said;
}

/** What speaks against a recipient, each as a code. */
interface To extends Refused {
  /** As one who is reached by a channel that is not secure; not of an address that only stands in an output. */
  readonly channel: string | undefined;
}

const recipientsOf = new Question((one): { readonly count: number; readonly refused: readonly To[] } => {
  const { claims, asked, tool, findings, content } = one;
  let count = 0;
  const refused: To[] = [];
  const add = ({ contact, verified }: Refused, channel: string | undefined): void => {
    count++;
    if ((contact ?? verified ?? channel) !== undefined) refused.push({ contact, verified, channel });
  };
  const to = (recipient: Recipient, standing = standingOf(one, recipient)): void =>
    add(standing, channelRefused(one, recipient));
  if (claims.recipient !== undefined) to(claims.recipient, one.ask(statedStanding));
  const channel = tool?.channel;
  // A tool that faxes faxes, whatever the parameter is called.
  for (const recipient of asked?.recipients ?? NONE) to(channel === undefined ? recipient : { ...recipient, channel });
  for (const address of asked?.addresses ?? NONE) to({ address });
  if (claims.surface !== 'output') return { count, refused };
  for (const { category, start, end } of findings) {
    const address = content.slice(start, end);
    // What is called a prescription's number may be written as a telephone's: who reads it would dial it.
    const channel = CHANNEL_OF.get(category) ?? (isDialled(address) ? 'phone' : undefined);
    if (channel !== undefined) add(standingOf(one, { address, channel }), undefined);
  }
  return { count, refused };
});

function channelRefused({ claims, directory }: Case, recipient: Recipient): string | undefined {
  const channel = channelOf(recipient);
  if (channel === undefined) return 'channel-unknown';
  return directory.secure(claims.tenant, channel) ? undefined : 'channel-insecure';
}

const consentOf = new Question(({ claims, directory, now }): Consent => {
  const { patient, purpose, tenant } = claims;
  return patient === undefined || purpose === undefined ? 'unknown' : directory.consent(tenant, patient, purpose, now);
});

/** Stands for a decision of its own. */
const DEIDENTIFIED = Symbol('de-identified');

/** Why there is no consent, by patient and purpose; what research gets is de-identified (164.514(b)), and then it is no PHI any more. */
const consent = new Question((one): string | typeof DEIDENTIFIED | undefined => {
  const { claims, findings } = one;
  const { patient, purpose } = claims;
  if (patient === undefined && findings.length === 0) return undefined;
  if (purpose === undefined) return 'purpose-unstated';
  const answer = one.ask(consentOf);
  if (purpose === RESEARCH && (answer === 'none' || answer === 'unknown' || answer === 'given'))
    return findings.length === 0 ? undefined : DEIDENTIFIED;
  if (patient === undefined) return 'patient-unstated';
  return answer === 'given' ? undefined : `consent-${answer}`;
});

const deidentified = new Question((one): Said => {
  const facts = { purpose: RESEARCH, count: one.findings.length };
  return { action: 'redact', code: 'research-safe-harbor', facts, findings: one.ask(allOf), style: 'safe-harbor' };
});
