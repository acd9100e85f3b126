/** For commands that read what the gate has written: the same settings, the cluster or the journal. */
import type { Settings } from '../../settings.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import type { Options, Values } from '../arguments.js';
import { usage } from '../failure.js';
import { clientOf } from './client.js';
import { readSettings, typed } from './read-settings.js';

export const READER_OPTIONS = {
  brokers: { type: 'string', value: 'HOST:PORT,…', about: 'Kafka; without it, the journal' },
  journal: { type: 'string', value: 'FOLDER', about: 'the embedded journal; .sluice/journal' },
  config: { type: 'string', short: 'c', value: 'FILE', about: 'settings in YAML; sluice.yaml if it is there' },
} as const satisfies Options;

export function readerSettings({ brokers, journal, config }: Values<typeof READER_OPTIONS>): Settings {
  const flags = { ...(brokers && { brokers: typed('brokers', brokers) }), ...(journal && { journal }) };
  const settings = readSettings({ flags, env: process.env, file: config });
  if (journal !== undefined && settings.brokers.length > 0)
    throw usage('--journal, and brokers are set too: one of the two');
  return settings;
}

export async function openReader(settings: Settings): Promise<TopicReader> {
  if (settings.brokers.length > 0)
    return (await import('../../transports/kafka-reader.js')).kafkaReader(clientOf(settings));
  return (await import('../../transports/journal-reader.js')).journalReader(settings.journal);
}
