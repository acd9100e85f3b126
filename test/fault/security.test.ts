/** Brokers that ask who comes: SCRAM over TLS, and a certificate of the client's. Who is refused is told so in codes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SluiceError } from '../../src/errors.js';
import { KafkaTransport } from '../../src/transports/kafka.js';
import type { KafkaOptions } from '../../src/transports/kafka-client.js';
import { makeCertificate } from '../kit/certificate.js';
import { KafkaCluster } from '../kit/kafka-cluster.js';
import { KafkaIo } from '../kit/kafka-io.js';
import { findJavaKafka } from '../kit/kafka-jars.js';
import type { Secure } from '../kit/kafka-node.js';
import { Relay } from '../kit/relay.js';
import { outputOf } from '../kit/test-topics.js';

const broker = makeCertificate('broker');
const stranger = makeCertificate('stranger');
const password = 'a password that no log may hold';

test('SCRAM-SHA-512 over TLS', () =>
  withCluster({ broker, user: { name: 'sluice', password } }, async (copies, brokers) => {
    const at = { brokers, clientId: 'gate', tls: { ca: broker.cert } };
    const sasl = { mechanism: 'scram-sha-512', username: 'sluice', password } as const;
    await copies({ ...at, sasl });
    await refused(copies({ ...at, sasl: { ...sasl, password: 'another one' } }));
    await refused(copies({ ...at, tls: { ca: stranger.cert }, sasl }));
  }));

test("a certificate of the client's", () => {
  const client = makeCertificate('gate');
  return withCluster({ broker, client }, async (copies, brokers) => {
    const at = { brokers, clientId: 'gate' };
    await copies({ ...at, tls: { ca: broker.cert, cert: client.cert, key: client.key } });
    await refused(copies({ ...at, tls: { ca: broker.cert, cert: stranger.cert, key: stranger.key } }));
  });
});

type Copies = (client: KafkaOptions) => Promise<void>;

async function withCluster(secure: Secure, work: (copies: Copies, brokers: string[]) => Promise<void>): Promise<void> {
  const kafka = findJavaKafka();
  if ('missing' in kafka) throw new Error(`This test needs ${kafka.missing}.`);
  const cluster = await KafkaCluster.start({ kafka, nodes: 1, secure });
  try {
    const io = new KafkaIo(cluster.brokers);
    await io.createTopics(['in', outputOf('in')], 1);
    await work(async (client) => {
      const transport = new KafkaTransport({
        client,
        groupId: 'gate',
        inputs: ['in'],
        outputOf,
        compression: 'none',
        delivery: 'exactly-once',
        acceptGaps: [],
      });
      const relay = new Relay({ transport, outputOf });
      await Promise.race([io.produce('in', [{ partition: 0, value: 'v' }]), relay.ended]);
      await Promise.race([relay.until(() => relay.copied > 0), relay.ended]);
      await relay.stop();
    }, cluster.proxied);
  } finally {
    await cluster.stop();
  }
}

async function refused(run: Promise<void>): Promise<void> {
  const error = await run.then(
    () => assert.fail('it was let in'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SluiceError, String(error));
  assert.equal(error.code, 'KAFKA_FAILED');
  assert.ok(!error.message.includes(password) && !error.message.includes('another one'));
}
