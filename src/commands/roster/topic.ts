/** Patients from a compacted topic: read once to see which record of each patient is the last, and once more to take those. */

import { SluiceError } from '../../errors.js';
import type { RosterBuild } from '../../roster/build.js';
import { changeRow, LastOffsets } from '../../roster/change.js';
import { usage } from '../failure.js';
import { openReader, readerSettings } from '../run/open-reader.js';

type Where = Parameters<typeof readerSettings>[0];

/** `source` is the number that faults are told under; their rows are counted as they are read. */
export async function readTopic(building: RosterBuild, topic: string, where: Where, source: number): Promise<void> {
  const settings = readerSettings(where);
  if (settings.brokers.length === 0 && where.journal === undefined) throw usage('--brokers says where the topic is');
  const reader = await openReader(settings);
  try {
    const last = new LastOffsets();
    const ends = new Map<number, number>();
    for await (const { source: at, record } of reader.follow(topic, { follow: false })) {
      ends.set(at.partition, at.offset);
      if (record.key !== null) last.note(named(at.partition, record.key), at.offset);
    }
    let row = 0;
    let seen = 0;
    for await (const { source: at, record } of reader.follow(topic, { follow: false })) {
      if (at.offset > (ends.get(at.partition) ?? -1)) continue;
      row++;
      const { key, value } = record;
      if (key !== null && !last.isLast(named(at.partition, key), at.offset)) continue;
      if (key !== null) seen++;
      // Who is gone from the topic was never in a roster that is made of nothing else.
      if (value === null && !building.isDelta) continue;
      building.take(changeRow({ key: textOf(key), value: textOf(value) }), row, source);
    }
    // Compaction took a record that a newer one has replaced meanwhile.
    if (seen < last.count) throw new SluiceError('KAFKA_FAILED', { subject: 'the topic changed while it was read' });
  } finally {
    await reader.close();
  }
}

function named(partition: number, key: Buffer): string {
  return `${partition} ${key.toString('latin1')}`;
}

function textOf(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString();
}
