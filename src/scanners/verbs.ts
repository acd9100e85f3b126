/** What a call would do (read, write, send …): by what the directory says of the tool, and by what the call itself says. */
import type { Verb } from '../policy/rule.js';
import { folded } from './data-categories.js';
import { NONE, Question, QuestionAbout } from './scanner.js';
import { lasting, type Refusal } from './told.js';
import { words } from './words.js';

const WORDS: { readonly [V in Verb]: string } = {
  read: 'read get list search query fetch find view lookup select retrieve head',
  draft: 'draft propose prepare compose',
  write: 'write create update insert put post patch delete remove edit save append modify set',
  send: 'send email fax text message notify share forward transmit call',
  export: 'export download dump extract backup report',
  trigger: 'trigger run execute start order schedule submit cancel book',
  approve: 'approve sign authorize confirm release',
  admin: 'admin grant revoke configure manage',
};

const VERB_OF: ReadonlyMap<string, Verb> = new Map(
  Object.entries(WORDS).flatMap(([verb, list]) => list.split(' ').map((word) => [word, verb as Verb] as const)),
);

/** A tool of several verbs counts by the one that the call names, else by all of them. */
export const verbsOf = new Question(({ tool, asked }): readonly Verb[] | undefined => {
  if (tool === undefined || asked === undefined || asked.operations.length === 0) return tool?.verbs;
  const said = asked.operations.map((operation) => VERB_OF.get(folded(operation)));
  const known = said.filter((verb): verb is Verb => verb !== undefined && tool.verbs.includes(verb));
  return known.length > 0 && known.length === said.length ? known : tool.verbs;
});

export const verbsRefused = new QuestionAbout((allowed: readonly Verb[], one): readonly Refusal[] => {
  const verbs = one.ask(verbsOf);
  if (verbs === undefined) return TOOL_UNKNOWN;
  if (verbs.every((verb) => allowed.includes(verb))) return NONE;
  const beyond = verbs.filter((verb) => !allowed.includes(verb));
  return [{ code: 'verb-not-allowed', facts: { verbs: words(beyond) } }];
});

const TOOL_UNKNOWN: readonly Refusal[] = [lasting('tool-unknown')];

const SENDS =
  /(^|[^a-z])(send|email|mail|sms|text|fax|call|dial|notify|message|share|transmit|forward|export|publish|upload)/;

/** Whether what the call holds goes to somebody: the directory knows, or else its name or a recipient says so. */
export const sends = new Question((one): boolean => {
  const { tool, call, asked } = one;
  if (call === undefined || call === 'malformed') return false;
  if (tool !== undefined) return tool.channel !== undefined || tool.verbs.some((verb) => OUT.has(verb));
  const name = call.name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return SENDS.test(name) || (asked?.recipients.length ?? 0) > 0;
});

const OUT: ReadonlySet<Verb> = new Set<Verb>(['send', 'export']);
