/** The rosters of a gate or a shield: read and checked before the first message, and again whenever their files change. */
import { type ErrorCode, SluiceError } from '../errors.js';
import type { RostersImage } from '../roster/rosters.js';
import { type FollowChanges, type Found, watchRosters } from '../roster/watch.js';
import type { Events } from '../telemetry/events.js';

export interface RostersInForce {
  /** Now. */
  readonly image: () => RostersImage | undefined;
  close(): Promise<void>;
}

/** Tenants whose rosters topics keep current, and what follows these for us. */
export interface RosterChanges {
  readonly tenants: readonly string[];
  readonly follow: FollowChanges;
}

/** None where no path is given; rejects where there are none that may be put in force. Later the last good ones stay. */
export async function openRosters(
  path: string | undefined,
  secret: Uint8Array,
  { roster: told }: Pick<Events, 'roster'>,
  everyMs?: number,
  changes?: RosterChanges,
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
  const found = (found: Found): void => {
    if ('code' in found) {
      refuse(found.code);
      return;
    }
    current = found.image;
    const { digest, patients, tenants } = current;
    told({ outcome: 'in-force', digest, patients, tenants: tenants.length });
    settle?.resolve();
    // What does not fit is left out alone, and told as long as it stands there.
    if (found.faults > 0) told({ outcome: 'refused', code: 'ROSTER_ROWS', digest });
  };
  const tenants = changes?.tenants ?? [];
  const watching = { path, secret, tenants, ...(everyMs !== undefined && { everyMs }) };
  const watch = watchRosters(watching, found, changes?.follow);
  try {
    await begun;
  } catch (error) {
    await watch.close();
    throw error;
  }
  return { image: () => current, close: () => watch.close() };
}
