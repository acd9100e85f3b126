/** What every Kafka test begins with: the broker that runs for them all, and names that no other test uses. */
import { randomBytes } from 'node:crypto';
import { KafkaTransport, type KafkaTransportOptions } from '../../src/transports/kafka.js';
import { KafkaIo } from './kafka-io.js';

export const brokers: readonly string[] = (process.env['SLUICE_TEST_BROKERS'] ?? '').split(',').filter(Boolean);

export interface TestTopics {
  readonly io: KafkaIo;
  readonly groupId: string;
  readonly partitions: number;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  transport(options?: Partial<KafkaTransportOptions>): KafkaTransport;
}

export const outputOf = (topic: string): string => `${topic}.redacted`;

export async function makeTopics(
  count: number,
  partitions: number,
  at: { readonly brokers: readonly string[]; readonly copies: number } = { brokers, copies: 1 },
): Promise<TestTopics> {
  if (at.brokers.length === 0) throw new Error('run me by `npm test`, which starts a broker');
  const name = `t${randomBytes(4).toString('hex')}`;
  const inputs = Array.from({ length: count }, (_, i) => `${name}.in${i}`);
  const outputs = inputs.map(outputOf);
  const io = new KafkaIo(at.brokers);
  await io.createTopics([...inputs, ...outputs], partitions, {}, at.copies);
  return {
    io,
    groupId: name,
    partitions,
    inputs,
    outputs,
    transport: (options) =>
      new KafkaTransport({
        client: { brokers: at.brokers, clientId: 'sluice-test' },
        groupId: name,
        inputs,
        outputOf,
        compression: 'none',
        delivery: 'exactly-once',
        acceptGaps: [],
        ...options,
      }),
  };
}
