/**
 * The scanner `authorization`: who would hear of the patient. It speaks where something goes to somebody: an output that
 * holds identifiers, and a tool call that sends. Recipients are those that the message is said to go to, those in the
 * parameters, and addresses in the output itself.
 */
import type { Consent } from '../directory/directory.js';
import type { Style } from '../engine/styles.js';
import type { Action, AuthorizationRule } from '../policy/rule.js';
import { agentOf } from './agent.js';
import { channelOf, type Refused, standingOf } from './recipient.js';
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
import { sends } from './verbs.js';

const RESEARCH = 'research';
/** Three, three and four digits, with something between: nobody writes a chart's number so. */
const DIALLED = /^(\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}$/;

export const authorization: Scan<AuthorizationRule> = (clause, one) => {
  const { claims, findings, call } = one;
  let said: Said[] | undefined;
  const say = (code: string, facts: DecisionFacts = {}, action = clause.action, style?: Style): void => {
    (said ??= []).push({ action, code, facts, findings: one.ask(allOf), style });
  };
  if (call === 'malformed') {
    say('call-malformed');
    return said ?? NONE;
  }
  if (clause.identityVerification) {
    const agent = one.ask(agentOf);
    if (agent === 'expired' || agent === 'revoked') say(`agent-${agent}`);
  }
  const goes = claims.surface === 'tool_call' ? one.ask(sends) : claims.surface === 'output' && findings.length > 0;
  if (goes) {
    if (clause.identityVerification && claims.identity !== 'verified')
      say(claims.identity === undefined ? 'identity-unknown' : 'identity-unverified');
    if (clause.authorizedContacts || clause.unverifiedRecipients || clause.secureChannels) recipients(clause, one, say);
  }
  if (clause.consent) consent(one, say);
  return said ?? NONE;
};

type Say = (code: string, facts?: DecisionFacts, action?: Action, style?: Style) => void;

/** Positions of all findings. */
const allOf = new Question(({ findings }): readonly number[] => findings.map((_, i) => i));

function recipients(clause: Clause<AuthorizationRule>, one: Case, say: Say): void {
  const { count: all, refused } = one.ask(recipientsOf);
  if (all === 0 && one.claims.surface === 'tool_call') say('recipient-unstated');
  if (refused.length === 0) return;
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
  for (const [code, count] of counts) say(code, { count });
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
  const to = (recipient: Recipient): void => add(standingOf(one, recipient), channelRefused(one, recipient));
  if (claims.recipient !== undefined) to(claims.recipient);
  const channel = tool?.channel;
  // A tool that faxes faxes, whatever the parameter is called.
  for (const recipient of asked?.recipients ?? NONE) to(channel === undefined ? recipient : { ...recipient, channel });
  if (claims.surface !== 'output') return { count, refused };
  for (const { category, start, end } of findings) {
    const address = content.slice(start, end);
    // What is called a prescription's number may be written as a telephone's: who reads it would dial it.
    const channel = CHANNEL_OF.get(category) ?? (DIALLED.test(address) ? 'phone' : undefined);
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

/** Consent by patient and purpose; what research gets is de-identified (164.514(b)), and then it is no PHI any more. */
function consent(one: Case, say: Say): void {
  const { claims, findings } = one;
  const { patient, purpose } = claims;
  if (patient === undefined && findings.length === 0) return;
  if (purpose === undefined) {
    say('purpose-unstated');
    return;
  }
  const answer = one.ask(consentOf);
  if (purpose === RESEARCH && (answer === 'none' || answer === 'unknown' || answer === 'given')) {
    if (findings.length === 0) return;
    say('research-safe-harbor', { purpose: RESEARCH, count: findings.length }, 'redact', 'safe-harbor');
    return;
  }
  if (patient === undefined) say('patient-unstated');
  else if (answer !== 'given') say(`consent-${answer}`);
}
