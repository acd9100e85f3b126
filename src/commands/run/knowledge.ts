/** What a gate judges by, opened in order and closed together: its policy, one that looks on, and what it knows. */
import { SluiceError } from '../../errors.js';
import type { HeldPolicy, PolicyTerms } from '../../in-force/adoption.js';
import { PolicyInForce } from '../../in-force/policy.js';
import { openPolicyTopic } from '../../in-force/policy-topic.js';
import { builtInPlan, demandsRoster, type Plan } from '../../policy/plan.js';
import type { Settings } from '../../settings.js';
import type { Events } from '../../telemetry/events.js';
import { clientOf } from './client.js';
import { type KnownInForce, type KnownTerms, openKnown } from './known.js';

export interface Knowledge {
  /** At the beginning. */
  readonly plan: Plan;
  /** None: the built-in plan, for good. */
  readonly policy: HeldPolicy | undefined;
  readonly shadow: HeldPolicy | undefined;
  readonly known: KnownInForce;
  close(): Promise<void>;
}

export interface KnowledgeTerms extends Omit<KnownTerms, 'plan' | 'events'> {
  readonly events: Events;
  readonly policyLookMs: number | undefined;
}

/** Rejects where any of it may not be put in force; then nothing stays open. */
export async function openKnowledge(about: KnowledgeTerms): Promise<Knowledge> {
  const { settings, keys, events, policyLookMs } = about;
  const open: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const one of open.splice(0)) await one.close();
  };
  const opened = <T extends { close(): Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  const terms = (shadow: boolean): PolicyTerms => ({
    options: settings,
    referenceKey: keys.references,
    events,
    shadow,
  });
  const ofFile = (file: string | undefined, shadow: boolean): HeldPolicy | undefined =>
    file === undefined
      ? undefined
      : new PolicyInForce({
          ...terms(shadow),
          place: { file, tenants: settings.policyTenants },
          lookMs: policyLookMs,
        });
  try {
    const { messageBytesMax, tenant, policyTopic } = settings;
    const policy =
      policyTopic === undefined
        ? ofFile(settings.policy, false)
        : opened(await policyOf(settings, policyTopic, terms(false)));
    const shadow = ofFile(settings.shadowPolicy, true);
    const plan = policy?.plan ?? builtInPlan({ messageBytesMax, tenant, referenceKey: keys.references });
    if (settings.roster === undefined && demandsRoster(plan)) throw new SluiceError('ROSTER_MISSING');
    const known = opened(await openKnown({ ...about, plan }));
    return { plan, policy, shadow, known, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function policyOf(settings: Settings, topic: string, terms: PolicyTerms) {
  const { followCompacted } = await import('../../transports/compacted-topic.js');
  return openPolicyTopic(terms, (to) => followCompacted({ client: clientOf(settings), topic }, to));
}
