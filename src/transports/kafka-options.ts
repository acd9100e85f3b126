/** What the Kafka transport has to be told. */
import type { Compression, KafkaOptions } from './kafka-client.js';
import type { Gap } from './kafka-slot.js';
import type { Requirements } from './kafka-topics.js';

export interface KafkaTransportOptions {
  readonly client: KafkaOptions;
  readonly groupId: string;
  readonly sessionMs?: number;
  /** All with the same number of partitions. */
  readonly inputs: readonly string[];
  /** Where the outcomes of an input go, partition by partition. */
  readonly outputOf: (input: string) => string;
  readonly compression: Compression;
  readonly delivery: 'exactly-once' | 'at-least-once';
  readonly acceptGaps: readonly Gap[];
  /** Checked before the first record is read. */
  readonly requirements?: Requirements;
  /** Told of what went wrong and was overcome, in codes. */
  readonly onFault?: (fault: string) => void;
}
