/** What a gate judges by, opened in order and closed together: its policy, one that looks on, the directory, the rosters. */
import { SluiceError } from '../../errors.js';
import type { HeldPolicy, PolicyTerms } from '../../in-force/adoption.js';
import { type FollowTopic, openDirectory } from '../../in-force/directory.js';
import { PolicyInForce } from '../../in-force/policy.js';
import { openPolicyTopic } from '../../in-force/policy-topic.js';
import { openRosters } from '../../in-force/rosters.js';
import { builtInPlan, demandsRoster, type Plan } from '../../policy/plan.js';
import type { KnownSource } from '../../pool/pool.js';
import type { Settings } from '../../settings.js';
import type { Events } from '../../telemetry/events.js';
import type { Keys } from '../../transports/keys.js';
import { clientOf } from './client.js';

export interface Knowledge {
  /** At the beginning. */
  readonly plan: Plan;
  /** None: the built-in plan, for good. */
  readonly policy: HeldPolicy | undefined;
  readonly shadow: HeldPolicy | undefined;
  readonly known: KnownSource;
  close(): Promise<void>;
}

/** Rejects where any of it may not be put in force; then nothing stays open. */
export async function openKnowledge(
  settings: Settings,
  keys: Keys,
  events: Events,
  policyLookMs: number | undefined,
): Promise<Knowledge> {
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
    const follow = directoryOf(settings, keys.directory);
    const directory = opened(await openDirectory(settings, keys.directory, events, follow));
    if (settings.roster === undefined && demandsRoster(plan)) throw new SluiceError('ROSTER_MISSING');
    const secret = settings.rosterKey === undefined ? keys.rosters : Buffer.from(settings.rosterKey);
    const rosters = opened(await openRosters(settings.roster, secret, events));
    const known: KnownSource = () => ({ directory: directory.image(), rosters: rosters.image() });
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

/** None where there is no topic. */
export function directoryOf(settings: Settings, key: Uint8Array): FollowTopic | undefined {
  const { directoryTopic: topic, tenant } = settings;
  if (topic === undefined) return undefined;
  return async (sink) => {
    const { watchTopic } = await import('../../transports/directory-topic.js');
    return watchTopic({ client: clientOf(settings), topic, key, tenant }, sink);
  };
}
