/**
 * A policy from its files, compiled with the settings in force, and tested: what `sluice run` and `sluice policy` begin with.
 * The judge and the directory come in here, so that the policy's tests run on what judges messages.
 */

import { type DirectoryInput, memoryDirectory } from '../directory/memory.js';
import { SluiceError } from '../errors.js';
import { createJudge } from '../judge.js';
import { UNBUILT } from '../policy/compile.js';
import type { PolicyTexts } from '../policy/files.js';
import { type Policy, readPolicy } from '../policy/load.js';
import { PolicyError } from '../policy/problem.js';
import type { Bench } from '../policy/selftest.js';
import { selftest } from '../policy/selftest.js';
import type { Settings } from '../settings.js';

export type PolicyOptions = Pick<Settings, 'messageBytesMax' | 'tenant'> & { readonly without: readonly string[] };

/** Without the key of references: for those who only read policies. */
const NO_KEY = new Uint8Array(32);

export function openPolicy(
  { text, overlays }: Pick<PolicyTexts, 'text' | 'overlays'>,
  { messageBytesMax, tenant, without }: PolicyOptions,
  referenceKey: Uint8Array = NO_KEY,
): Policy {
  for (const one of without) {
    if (!(UNBUILT as readonly string[]).includes(one))
      throw new SluiceError('SETTING_INVALID', { subject: `without: one of ${UNBUILT.join(', ')}` });
  }
  return readPolicy(text, { messageBytesMax, tenant, without, overlays, referenceKey });
}

/** The same, if all its tests come out as they say. */
export function testedPolicy(...about: Parameters<typeof openPolicy>): Policy {
  const policy = openPolicy(...about);
  const problems = selftest(policy, bench);
  if (problems.length > 0) throw new PolicyError(problems);
  return policy;
}

export const bench: Bench = (plan, facts, tenant) => {
  const directory = memoryDirectory(facts as DirectoryInput, { tenant });
  const judge = createJudge(plan);
  return (task, now) => judge.judge(task, now, directory);
};
