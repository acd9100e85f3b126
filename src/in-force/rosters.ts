/** The rosters of a gate or a shield: read and checked before the first message, and again whenever their files change. */
import { type ErrorCode, SluiceError } from '../errors.js';
import type { RostersImage } from '../roster/rosters.js';
import { watchRosters } from '../roster/watch.js';
import type { Events } from '../telemetry/events.js';

export interface RostersInForce {
  /** Now. */
  readonly image: () => RostersImage | undefined;
  close(): Promise<void>;
}

/** None where no path is given; rejects where there are none that may be put in force. Later the last good ones stay. */
export async function openRosters(
  path: string | undefined,
  secret: Uint8Array,
  { roster: told }: Pick<Events, 'roster'>,
  everyMs?: number,
): Promise<RostersInForce> {
  if (path === undefined) return { image: () => undefined, close: async () => {} };
  let current: RostersImage | undefined;
  let settle: { resolve(): void; reject(error: unknown): void } | undefined;
  const begun = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const refuse = (code: ErrorCode): void => {
    if (current === undefined) settle?.reject(new SluiceError(code));
    else told({ outcome: 'refused', code, digest: current.digest });
  };
  const watch = watchRosters({ path, secret, ...(everyMs !== undefined && { everyMs }) }, (found) => {
    if ('code' in found) {
      refuse(found.code);
      return;
    }
    current = found.image;
    const { digest, patients, tenants } = current;
    told({ outcome: 'in-force', digest, patients, tenants: tenants.length });
    settle?.resolve();
  });
  try {
    await begun;
  } catch (error) {
    await watch.close();
    throw error;
  }
  return { image: () => current, close: () => watch.close() };
}
