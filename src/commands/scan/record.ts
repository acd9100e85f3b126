/**
 * The contract of `--format jsonl`: `{"id","text"}` in, `{"id","findings"}` out, a line for a line, in order. The id
 * comes back exactly as it was written, so a number too long for JavaScript is still the same number.
 */
import type { Failure, FailureCode } from '../failure.js';
import { placesOf } from './offsets.js';
import type { Plan } from './options.js';
import type { Examined } from './work.js';

export interface Record {
  /** JSON, as it stood there. */
  readonly id: string;
  readonly text: string;
  readonly failure?: Failure;
}

/** For a line that is not a record, or has no id. */
export const NO_ID = 'null';

export function readRecord(line: string): Record {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: NO_ID, text: '', failure: { code: 'INPUT_NOT_JSON' } };
  }
  const { id, text } = (value ?? {}) as { readonly id?: unknown; readonly text?: unknown };
  const named = typeof id === 'string' || typeof id === 'number';
  const source = named ? (typeof id === 'number' ? numberSource(line) : JSON.stringify(id)) : NO_ID;
  const valid = typeof text === 'string' && (named || id === undefined || id === null);
  return valid ? { id: source, text } : { id: source, text: '', failure: { code: 'RECORD_INVALID' } };
}

export function writeRecord(plan: Plan, { id, text }: Record, { findings, content }: Examined): string {
  const places = plan.unit === 'utf16' ? undefined : placesOf(text, findings, plan.unit);
  const at = (position: number): number => places?.get(position)?.offset ?? position;
  const written = findings.map(({ start, end, category, kind, rule, confidence }) => ({
    start: at(start),
    end: at(end),
    category,
    kind,
    rule,
    confidence,
  }));
  const redacted = plan.textInRecords ? `,"text":${JSON.stringify(content)}` : '';
  return `{"id":${id},"findings":${JSON.stringify(written)}${redacted}}\n`;
}

export function failedRecord(id: string, code: FailureCode): string {
  return `{"id":${id},"error":"${code}"}\n`;
}

/** The number of the outermost `id`, as written, in a line that is a valid object and has one. The last one counts. */
function numberSource(line: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  let source = NO_ID;
  let depth = 0;
  let key = '';
  for (
    let token = tokens.exec(line)?.[0], before = '';
    token !== undefined;
    before = token, token = tokens.exec(line)?.[0]
  ) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (token === ':' && depth === 1) key = before;
    else if (before === ':' && depth === 1 && isId(key)) source = token;
  }
  return source;
}

function isId(key: string): boolean {
  return key.length <= 14 && JSON.parse(key) === 'id';
}
