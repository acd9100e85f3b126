/** What the sender of a record says about it, for those who do not judge it: who asks, for whom, of which tenant. */
import type { Task } from '../message.js';
import { unwrapBase64 } from './encoding.js';
import { openEnvelope } from './envelope.js';
import { readHeaders } from './record-headers.js';
import type { Stated } from './stated.js';

/** Nothing, of what cannot be read. */
export function claimedIn({ value, headers }: Pick<Task, 'value' | 'headers'>): Stated {
  try {
    const said = readHeaders(headers);
    const text = value?.toString() ?? '';
    const opened = openEnvelope(said.encoding === 'base64' ? unwrapBase64(text) : text, said);
    return typeof opened === 'string' ? {} : opened.stated;
  } catch {
    return {};
  }
}
