/**
 * What is wrong with a policy: a code, a place and what would be right, in our own words. Nothing of the file is repeated
 * but the places in it, since its tests may hold anything.
 */
import { SluiceError } from '../errors.js';

/** Every code, with the sentence that is printed. */
export const PROBLEMS = {
  'too-large': 'The policy has more bytes than the bound',
  'too-deep': 'It is nested deeper than the bound',
  'not-utf8': 'It is not valid UTF-8',
  'yaml-invalid': 'This is not YAML',
  'yaml-anchor': 'Anchors and aliases are not taken: write out what is meant',
  'yaml-tag': 'Tags are not taken',
  'yaml-directive': 'Directives are not taken',
  'yaml-many': 'There is more than one document',
  'key-unknown': 'There is no such key',
  'key-duplicate': 'This key is there twice',
  'key-missing': 'A key is missing',
  'type-wrong': 'This is of the wrong type',
  'value-invalid': 'This is not a value that the key takes',
  'version-unknown': 'This version of the language is not known',
  'name-duplicate': 'Another rule has this name',
  'scanner-not-built': 'This scanner is not built yet: take the rule out, or say aloud that you go without',
  'scope-impossible': 'This scanner does not look there',
  'action-impossible': 'This scanner cannot do that',
  'rule-empty': 'This rule checks nothing',
  'rule-too-many': 'There are more rules than the bound',
  'test-failed': 'A test of the policy does not come out as it says',
  'test-impossible': 'This test cannot be run',
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

export interface Place {
  /** From 1; columns in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
}

export interface Problem extends Place {
  readonly code: ProblemCode;
  /** Where in the document: `rules[2].config.scope_by_task`. Keys of ours only. */
  readonly path: string;
  /** What would be right. */
  readonly hint?: string;
  /** In which of the tenants' files, counted from 0; without, in the policy's own. */
  readonly overlay?: number;
}

export class PolicyError extends SluiceError {
  constructor(readonly problems: readonly Problem[]) {
    super('POLICY_INVALID', { subject: problems.length === 0 ? undefined : about(problems) });
  }
}

export function said({ code, line, column, path, hint, overlay }: Problem): string {
  const where = `${overlay === undefined ? '' : `tenant's file ${overlay + 1}, `}${line}:${column}`;
  return `${where} ${code}${path === '' ? '' : ` at ${path}`}: ${PROBLEMS[code]}${hint === undefined ? '' : ` (${hint})`}`;
}

function about(problems: readonly Problem[]): string {
  const more = problems.length > 1 ? `; ${problems.length - 1} more` : '';
  return `${said(problems[0])}${more}`;
}
