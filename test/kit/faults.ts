/** The ways in which the worker of bad-worker.ts misbehaves, and how a message calls for one. */
import type { Task } from '../../src/message.js';

export const FAULTS = [
  'exit',
  'throw',
  'loop',
  'heap',
  'external',
  'floating',
  'wrong-batch',
  'wrong-plan',
  'wrong-engine',
  'wrong-directory',
  'wrong-hash',
  'short',
  'cut',
  'flipped',
  'nothing',
  'bad-facts',
  'wrong-outcome',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What a message says to call a fault. */
export function faultIn(task: Task): Fault | undefined {
  const text = task.value?.toString() ?? '';
  return FAULTS.find((fault) => text.includes(`fault:${fault};`));
}
