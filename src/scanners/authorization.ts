/**
 * The scanner `authorization`: who would hear of the patient. It speaks where something goes to somebody: an output that
 * holds identifiers, and a tool call that sends. Recipients are those that the message is said to go to, those in the
 * parameters, and addresses in the output itself.
 */
import type { AuthorizationRule } from '../policy/rule.js';
import { channelOf, type Refused, standingOf } from './recipient.js';
import type { Case, Decision, DecisionFacts, Recipient, Scan } from './scanner.js';
import { CHANNELS_OF } from './subject.js';
import { sends } from './verbs.js';

const RESEARCH = 'research';
/** Three, three and four digits, with something between: nobody writes a chart's number so. */
const DIALLED = /^(\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}$/;

export const authorization: Scan<AuthorizationRule> = (rule, one) => {
  const { claims, findings, call } = one;
  const said: Decision[] = [];
  const everything = findings.map((_, i) => i);
  const say = (code: string, facts: DecisionFacts = {}): void => {
    said.push({ rule: rule.name, action: rule.action, code, facts, findings: everything });
  };
  if (call === 'malformed') {
    say('call-malformed');
    return said;
  }
  if (rule.identityVerification && claims.agent !== undefined) {
    const agent = one.directory.agent(claims.tenant, claims.agent, one.now);
    if (agent === 'expired' || agent === 'revoked') say(`agent-${agent}`);
  }
  const goes = claims.surface === 'tool_call' ? sends(one) : claims.surface === 'output' && findings.length > 0;
  if (goes) {
    if (rule.identityVerification && claims.identity !== 'verified')
      say(claims.identity === undefined ? 'identity-unknown' : 'identity-unverified');
    recipients(rule, one, say);
  }
  if (rule.consent) consent(rule, one, say, said);
  return said;
};

type Say = (code: string, facts?: DecisionFacts) => void;

function recipients(rule: AuthorizationRule, one: Case, say: Say): void {
  const to = recipientsOf(one);
  if (to.length === 0 && one.claims.surface === 'tool_call') {
    if (rule.authorizedContacts || rule.unverifiedRecipients || rule.secureChannels) say('recipient-unstated');
    return;
  }
  const counts = new Map<string, number>();
  for (const { recipient, inText } of to) {
    for (const code of refusedBy(rule, one, recipient, inText)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  for (const [code, count] of counts) say(code, { count });
}

interface To {
  readonly recipient: Recipient;
  /** An address that stands in the output; what goes out does not go there by itself. */
  readonly inText: boolean;
}

function recipientsOf({ claims, asked, tool, findings, content }: Case): To[] {
  const to: To[] = [];
  if (claims.recipient !== undefined) to.push({ recipient: claims.recipient, inText: false });
  const channel = tool?.channel;
  for (const recipient of asked?.recipients ?? []) {
    // A tool that faxes faxes, whatever the parameter is called.
    to.push({ recipient: channel === undefined ? recipient : { ...recipient, channel }, inText: false });
  }
  if (claims.surface !== 'output') return to;
  for (const { category, start, end } of findings) {
    const address = content.slice(start, end);
    // What is called a prescription's number may be written as a telephone's: who reads it would dial it.
    const channel = CHANNELS_OF[category]?.[0] ?? (DIALLED.test(address) ? 'phone' : undefined);
    if (channel !== undefined) to.push({ recipient: { address, channel }, inText: true });
  }
  return to;
}

function refusedBy(rule: AuthorizationRule, one: Case, recipient: Recipient, inText: boolean): string[] {
  const codes: string[] = [];
  const standing: Refused = standingOf(one, recipient);
  if (rule.authorizedContacts && standing.contact !== undefined) codes.push(standing.contact);
  if (rule.unverifiedRecipients && standing.verified !== undefined) codes.push(standing.verified);
  if (rule.secureChannels && !inText) {
    const channel = channelOf(recipient);
    if (channel === undefined) codes.push('channel-unknown');
    else if (!one.directory.secure(one.claims.tenant, channel)) codes.push('channel-insecure');
  }
  return [...new Set(codes)];
}

/** Consent by patient and purpose; what research gets is de-identified (164.514(b)), and then it is no PHI any more. */
function consent(rule: AuthorizationRule, one: Case, say: Say, said: Decision[]): void {
  const { claims, findings, directory, now } = one;
  const { patient, purpose, tenant } = claims;
  if (patient === undefined && findings.length === 0) return;
  if (purpose === undefined) {
    say('purpose-unstated');
    return;
  }
  const answer = patient === undefined ? 'unknown' : directory.consent(tenant, patient, purpose, now);
  if (purpose === RESEARCH && (answer === 'none' || answer === 'unknown' || answer === 'given')) {
    if (findings.length === 0) return;
    const all = findings.map((_, i) => i);
    const facts = { purpose: RESEARCH, count: all.length };
    said.push({
      rule: rule.name,
      action: 'redact',
      code: 'research-safe-harbor',
      facts,
      findings: all,
      style: 'safe-harbor',
    });
    return;
  }
  if (patient === undefined) say('patient-unstated');
  else if (answer !== 'given') say(`consent-${answer}`);
}
