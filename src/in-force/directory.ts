/** The directory of a gate or a shield: from its files and its topic, as the settings say, in force before the first message. */
import type { DirectoryImage } from '../directory/image.js';
import { LiveDirectory, type Sink } from '../directory/live.js';
import { type Watch, watchFiles } from '../directory/watch.js';
import type { Settings } from '../settings.js';
import type { Events } from '../telemetry/events.js';

export interface DirectoryInForce {
  /** Now. */
  readonly image: () => DirectoryImage | undefined;
  close(): Promise<void>;
}

/** What follows a topic for us, where there is one. */
export type FollowTopic = (sink: Sink) => Promise<Watch>;

/** Rejects where there is none that may be put in force. */
export async function openDirectory(
  { directory: path, tenant }: Pick<Settings, 'directory' | 'tenant'>,
  key: Uint8Array,
  events: Pick<Events, 'directory'>,
  follow?: FollowTopic,
): Promise<DirectoryInForce> {
  const live = new LiveDirectory({ key, tenant, told: events.directory });
  const watches: Watch[] = [];
  const close = async (): Promise<void> => {
    for (const watch of watches) await watch.close();
  };
  try {
    if (path !== undefined) watches.push(watchFiles({ path, key, tenant }, live));
    // Files first: what stands there goes before what a topic says of the same.
    for (const watch of watches) await watch.begun;
    if (follow !== undefined) {
      const watch = await follow(live);
      watches.push(watch);
      await watch.begun;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { image: () => live.image, close };
}
