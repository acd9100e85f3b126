/** The keys that settings ask for: the secret that is set, or the journal's own; a cluster has to be given one. */
import { SluiceError } from '../../errors.js';
import type { Settings } from '../../settings.js';
import { deriveKeys, folderSecret, type Keys } from '../../transports/keys.js';

export function keysOf({ key, brokers, journal }: Settings): Keys {
  if (key !== undefined) return deriveKeys(Buffer.from(key));
  if (brokers.length > 0) throw new SluiceError('KEY_MISSING', { subject: 'SLUICE_KEY or SLUICE_KEY_FILE' });
  return deriveKeys(folderSecret(journal));
}
