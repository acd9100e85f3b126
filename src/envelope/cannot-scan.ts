/** Raised where a message turns out not to be readable, and caught at the judge's door: nothing of it is in the reason. */
import { SluiceError } from '../errors.js';
import type { Reason } from '../verdict.js';

const REASON_OF: Readonly<Record<string, Reason>> = {
  JSON_TOO_DEEP: 'json-too-deep',
  FINDINGS_TOO_MANY: 'findings-too-many',
  INPUT_TOO_LARGE: 'too-large',
};

export class CannotScan extends Error {
  constructor(readonly reason: Reason) {
    super(reason);
  }
}

export function reasonOf(error: unknown): Reason {
  if (error instanceof CannotScan) return error.reason;
  return error instanceof SluiceError ? (REASON_OF[error.code] ?? 'engine-failed') : 'engine-failed';
}
