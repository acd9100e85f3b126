/** A decision as it stands in the audit entry behind the name of the rule: a text for all rules that decide the same. */
import type { Decided } from '../message.js';

/** Of which action, code and facts the text is. */
export interface Written extends Pick<Decided, 'action' | 'code' | 'facts'> {
  readonly text: string;
}

/** Actions and codes hold nothing that JSON would escape. */
export function write(action: string, code: string, facts: Decided['facts']): Written {
  return { action, code, facts, text: `","action":"${action}","code":"${code}","facts":${JSON.stringify(facts)}}` };
}
