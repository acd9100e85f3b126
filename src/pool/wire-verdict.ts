/**
 * Whether an answer can be one to a task at all: outcome, reason, value and facts have to fit each other and what was asked.
 * A thread may be wrong about a message; it may not destroy its content, or write what it likes into the audit.
 */
import { CATEGORIES } from '../../detectors/contract.js';
import { EVIDENCE, SURFACES, type Task } from '../message.js';
import { ACTIONS } from '../policy/rule.js';
import { IDENTITIES } from '../scanners/scanner.js';
import { CODE, RULE_NAME, WORD } from '../scanners/words.js';
import type { OutcomeName, Reason, Verdict } from '../verdict.js';
import { WireError } from './wire-error.js';

/** Far more than the handles of one message and what was decided about it take, escaped. */
const FACTS_UNITS_MAX = 16 * 1024;
const FACTS_UNITS_MAX_RULED = 256 * 1024;

/** Reasons that a judge gives; the others are the pool's and the transport's own. */
const JUDGED: ReadonlySet<Reason> = new Set<Reason>([
  'not-utf8',
  'too-large',
  'headers-too-many',
  'envelope-invalid',
  'envelope-ambiguous',
  'content-binary',
  'json-too-deep',
  'findings-too-many',
  'engine-failed',
  'roster-missing',
]);

/** `Facts` as the judge writes them, member by member; one pass, and never more than one way to match. */
const TEXT = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\bfnrt]|u[0-9a-f]{4}))*"`;
const REFERENCE = String.raw`"\[OTHER-ID:[A-Z2-7]{16}\]"`;
const COUNT = '[1-9][0-9]{0,8}';
const FOUND = `"(?:${CATEGORIES.join('|')})":${COUNT}`;
const RULE = `"${RULE_NAME}"`;
const FACT = `"${CODE}":(?:${COUNT}|0|"${WORD}"|\\[(?:"${WORD}"(?:,"${WORD}")*)?\\])`;
const DECIDED = `\\{"rule":${RULE},"action":"(?:${ACTIONS.join('|')})","code":"${CODE}","facts":\\{(?:${FACT}(?:,${FACT})*)?\\}\\}`;
const PERSON = '"[\\w-]{22}","[0-9a-f]{16}"';
const PRINT = '"[0-9a-f]{16}"';
const BINDS = `\\[${PERSON},\\[(?:${PRINT}(?:,${PRINT})*)?\\]\\]`;
const SEEN = `\\["(?:${EVIDENCE.join('|')})",${PRINT}\\]`;
const MINDS = `\\[${RULE},"(?:${ACTIONS.join('|')})"\\]`;
const ASKS = `\\{"subject":\\[${PERSON}\\],"prints":\\[${SEEN}(?:,${SEEN})*\\],"rules":\\[${MINDS}(?:,${MINDS})*\\]\\}`;
const SIGHTED = `\\{"binds":\\[(?:${BINDS}(?:,${BINDS})*)?\\](?:,"asks":${ASKS})?(?:,"learn":true)?\\}`;
const FACTS = new RegExp(
  [
    `^\\{"tenant":${TEXT},"surface":"(${SURFACES.join('|')})"`,
    `(?:,"id":${TEXT})?(?:,"agent":${TEXT})?(?:,"session":${TEXT})?`,
    `(?:,"patient":${REFERENCE})?(?:,"provider":${REFERENCE})?(?:,"recipient":${REFERENCE})?`,
    `(?:,"identity":"(?:${IDENTITIES.join('|')})")?`,
    `(,"findings":\\{${FOUND}(?:,${FOUND})*\\})?(,"rules":\\[${RULE}(?:,${RULE})*\\])?`,
    `(,"decisions":\\[${DECIDED}(?:,${DECIDED})*\\])?`,
    `(?:,"call":${REFERENCE},"once":\\{(?:"conversation":${REFERENCE},)?"decisions":\\[${DECIDED}(?:,${DECIDED})*\\]\\})?`,
    `(?:,"sighted":${SIGHTED})?`,
    `(?:,"directory":"[0-9a-f]{16}")?`,
    `(?:,"rosters":"[0-9a-f]{16}")?`,
    `(?:,"headersDropped":${COUNT})?\\}$`,
  ].join(''),
);

/** By which rules withhold content. */
const WITHHELD: Readonly<Partial<Record<OutcomeName, readonly Reason[]>>> = {
  blocked: ['policy'],
  pending: ['approval-required', 'step-up-required'],
};

/** Throws a WireError; the answer says nothing about the message then. Without rules a clean message holds nothing. */
export function checkVerdict(
  verdict: Verdict,
  { surface, value }: Pick<Task, 'surface' | 'value'>,
  ruled: boolean,
): void {
  const { outcome, reason, facts } = verdict;
  const shape = facts.length <= (ruled ? FACTS_UNITS_MAX_RULED : FACTS_UNITS_MAX) ? FACTS.exec(facts) : null;
  if (shape === null || shape[1] !== surface) throw new WireError('facts');
  if ((value === null) !== (outcome === 'tombstone') && outcome !== 'could-not-scan') throw new WireError('outcome');
  const touched = verdict.value !== undefined || verdict.key !== undefined || verdict.headers !== undefined;
  const found = shape[2] !== undefined || shape[3] !== undefined || shape[4] !== undefined;
  switch (outcome) {
    case 'clean':
      if (verdict.value !== undefined || verdict.key !== undefined || (found && !ruled)) throw new WireError('value');
      break;
    case 'redacted':
      if (!touched) throw new WireError('value');
      break;
    case 'tombstone':
      if (verdict.value !== undefined) throw new WireError('value');
      break;
    case 'could-not-scan':
      if (verdict.value !== undefined || verdict.headers !== undefined || found) throw new WireError('value');
      if (!JUDGED.has(reason)) throw new WireError('reason');
      return;
    case 'blocked':
    case 'pending':
      if (!ruled || shape[4] === undefined || verdict.value !== undefined) throw new WireError('value');
      if (!WITHHELD[outcome]?.includes(reason)) throw new WireError('reason');
      return;
    default:
      throw new WireError('outcome');
  }
  if (reason !== 'none') throw new WireError('reason');
}
