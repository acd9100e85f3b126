/** How to reach the brokers that the settings name. */
import { readFileSync } from 'node:fs';
import { SluiceError } from '../../errors.js';
import type { Settings } from '../../settings.js';
import type { KafkaOptions } from '../../transports/kafka-client.js';

/** With certificates read. */
export function clientOf({ brokers, clientId, tls, sasl }: Settings): KafkaOptions {
  return { brokers, clientId, ...(tls !== false && { tls: tls === true ? true : pemOf(tls) }), ...(sasl && { sasl }) };
}

function pemOf(files: Exclude<Settings['tls'], boolean>): { ca?: string; cert?: string; key?: string } {
  const read = (file: string | undefined, subject: string): string | undefined => {
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8');
    } catch {
      throw new SluiceError('FILE_UNREADABLE', { subject });
    }
  };
  const pem = {
    ca: read(files.caFile, 'tls.caFile'),
    cert: read(files.certFile, 'tls.certFile'),
    key: read(files.keyFile, 'tls.keyFile'),
  };
  return Object.fromEntries(Object.entries(pem).filter(([, text]) => text !== undefined));
}
