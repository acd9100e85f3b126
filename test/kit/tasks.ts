/** Messages, plans and keys for tests of the pipeline; every identifier is invented. */
import type { Task } from '../../src/message.js';
import { builtInPlan, type Plan } from '../../src/policy/plan.js';

export const KEY = Buffer.from('a key for tests, and for nothing');

export const PLAN: Plan = builtInPlan({ messageBytesMax: 512 * 1024, tenant: 'default', referenceKey: KEY });

/** An identifier that must not appear in clear on any way out. */
export const CANARY = '00482913';

export function task(value: string | Buffer | null, rest: Partial<Task> = {}): Task {
  return { surface: 'prompt', key: null, value: value === null ? null : Buffer.from(value), headers: [], ...rest };
}

export function envelope(content: unknown, rest: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({ id: 'm-1', tenant: 'north', agent: 'portal-bot', session: 'sess-1', ...rest, content });
}

export function headers(pairs: Readonly<Record<string, string>>): Task['headers'] {
  return Object.entries(pairs).map(([name, text]) => [name, Buffer.from(text)]);
}
