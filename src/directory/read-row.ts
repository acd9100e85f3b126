/** One row from what a parser made of it, or all that is wrong with it in codes: nothing of its values is repeated. */
import type { z } from 'zod';
import { FAULTS, type Fault, type FaultCode, type Place } from './fault.js';
import { type Kind, ROWS, type Row } from './rows.js';

export type ReadRow<K extends Kind = Kind> =
  | { readonly kind: K; readonly row: Row<K> }
  | { readonly faults: readonly Fault[] };

export function readRow<K extends Kind>(kind: K, value: unknown, place: Place): ReadRow<K> {
  const result = (ROWS[kind] as unknown as z.ZodType<Row<K>>).safeParse(value);
  if (result.success) return { kind, row: result.data };
  return { faults: result.error.issues.map((issue) => faultOf(issue, kind, value, place)) };
}

function faultOf(issue: z.core.$ZodIssue, kind: Kind, value: unknown, place: Place): Fault {
  // Below the first member stand names of the row's own, and places in lists.
  const [name] = issue.path;
  const known = knownFor(issue, kind);
  const member = [place.member ?? kind, ...(typeof name === 'string' ? [name] : [])].join('.');
  return { ...place, member, code: codeOf(issue, at(value, issue.path)), ...(known && { known }) };
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): FaultCode {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'unknown-member';
    case 'invalid_type':
      if (value === undefined) return 'missing';
      return issue.expected === 'string' && typeof value !== 'object' ? 'not-text' : 'wrong-type';
    case 'invalid_value':
      return value === undefined ? 'missing' : 'not-one-of';
    case 'too_small':
      return 'too-short';
    case 'too_big':
      return 'too-long';
    case 'custom': {
      const code: unknown = issue.params?.code;
      return typeof code === 'string' && Object.hasOwn(FAULTS, code) ? (code as FaultCode) : 'wrong-form';
    }
    default:
      return 'wrong-form';
  }
}

function knownFor(issue: z.core.$ZodIssue, kind: Kind): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'unrecognized_keys' ? membersOf(kind) : undefined;
}

/** The members that a row of this kind may have. */
export function membersOf(kind: Kind): readonly string[] {
  const schema: z.core.$ZodType = ROWS[kind];
  let at = schema as { shape?: object; in?: typeof at; def?: { in?: typeof at } };
  while (at.shape === undefined && at.in !== undefined) at = at.in;
  return Object.keys(at.shape ?? {});
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const name of path) {
    here = typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[name] : undefined;
  }
  return here;
}
