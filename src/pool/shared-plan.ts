/** A plan as it goes to threads: serialized once, in memory that they share, so that it costs a pack nothing to name it. */
import { deserialize, serialize } from 'node:v8';
import type { Plan } from '../policy/plan.js';

const made = new WeakMap<Plan, SharedArrayBuffer>();

export function sharedPlan(plan: Plan): SharedArrayBuffer {
  let buffer = made.get(plan);
  if (buffer === undefined) {
    const bytes = serialize(plan);
    buffer = new SharedArrayBuffer(bytes.length);
    new Uint8Array(buffer).set(bytes);
    made.set(plan, buffer);
  }
  return buffer;
}

export function readPlan(buffer: SharedArrayBuffer): Plan {
  return deserialize(Buffer.from(new Uint8Array(buffer))) as Plan;
}
