/** Waits for what has to come to be, and fails if it does not in time. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 10;

export function untilWithin(ms: number): (holds: () => boolean | Promise<boolean>) => Promise<void> {
  return async (holds) => {
    for (const end = performance.now() + ms; !(await holds()); await pause(LOOK_MS))
      assert.ok(performance.now() < end, 'not in time');
  };
}
