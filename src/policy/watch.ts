/**
 * Looks at a policy's files again and again. A new content that stands still is read, checked and handed over; one that
 * cannot be loaded is told once, and the last good policy stays in force.
 */
import { policyLookMs } from '../limits.js';
import { type PolicyPlace, type PolicyTexts, readPolicyFiles } from './files.js';

export interface Watching<P> {
  readonly place: PolicyPlace;
  /** Throws where the texts are no policy that may be put in force. */
  readonly load: (texts: PolicyTexts) => P;
  readonly adopt: (policy: P) => void;
  /** What is there is not what is in force, from now on until something good is there again. */
  readonly refuse: (error: unknown) => void;
  readonly lookMs?: number;
}

export interface Watch {
  /** Looks now: what the clock does. */
  look(): void;
  close(): void;
}

/** `inForce` is the fingerprint of what has been loaded already. */
export function watchPolicy<P>(
  { place, load, adopt, refuse, lookMs = policyLookMs }: Watching<P>,
  inForce: string,
): Watch {
  let seen = inForce;
  let settled = inForce;
  const look = (): void => {
    const texts = readable(place);
    const found = texts instanceof Error ? texts.message : texts.fingerprint;
    if (found !== seen || found === settled) {
      seen = found;
      return;
    }
    settled = found;
    try {
      if (texts instanceof Error) throw texts;
      adopt(load(texts));
    } catch (error) {
      refuse(error);
    }
  };
  // The process does not live for this alone.
  const timer = setInterval(look, lookMs);
  timer.unref();
  return { look, close: () => clearInterval(timer) };
}

function readable(place: PolicyPlace): PolicyTexts | Error {
  try {
    return readPolicyFiles(place);
  } catch (error) {
    return error as Error;
  }
}
