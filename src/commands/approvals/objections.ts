/**
 * Who may not approve: the agent that asks, who answers for it, on whose behalf it asks, and any other agent. Nobody is
 * more than a name here; that the name is right is the word of who has the key.
 */
import { attachDirectory } from '../../directory/image.js';
import { claimedIn } from '../../envelope/claimed.js';
import { openDirectory } from '../../in-force/directory.js';
import { folded } from '../../pipeline/approval.js';
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import type { Keys } from '../../transports/keys.js';
import { directoryOf } from '../run/known.js';
import type { Waiting } from './read.js';

/** In our own words; undefined if there is none. */
export async function objectionTo(
  approver: string,
  { message, held }: Waiting,
  settings: Settings,
  keys: Keys,
): Promise<string | undefined> {
  const { agent, provider, tenant = settings.tenant } = claimedIn(message);
  const same = (name: string | undefined): boolean => name !== undefined && folded(name) === folded(approver);
  if (same(agent) || same(held.agent)) return 'the agent that asks cannot approve';
  if (same(provider)) return 'the provider on whose behalf it asks cannot approve';
  if (settings.directory === undefined && settings.directoryTopic === undefined) {
    process.stderr.write('sluice: no directory in the settings: nobody has looked who owns the agent\n');
    return undefined;
  }
  const open = await openDirectory(settings, keys.directory, events(), directoryOf(settings, keys.directory));
  try {
    const image = open.image();
    if (image === undefined) return 'the directory cannot be read';
    const directory = attachDirectory(image);
    const now = Date.now();
    for (const name of new Set([approver, folded(approver)])) {
      if (directory.agent(tenant, name, now) !== 'unknown') return 'an agent cannot approve';
    }
    const asking = agent === undefined ? 'unknown' : directory.agent(tenant, agent, now);
    if (asking === 'expired' || asking === 'revoked') return 'the agent that asks is not an agent any more';
    if (asking !== 'unknown' && same(asking.owner)) return 'the owner of the agent cannot approve';
    return undefined;
  } finally {
    await open.close();
  }
}
