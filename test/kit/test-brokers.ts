/**
 * The brokers that Kafka tests use: those named in SLUICE_TEST_BROKERS, else a node started from Java and Maven, else
 * one in Docker. With none of these it says what to install: a test that cannot run has failed.
 */
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { KafkaCluster } from './kafka-cluster.js';
import { findJavaKafka, KAFKA_VERSION } from './kafka-jars.js';
import { answers } from './kafka-node.js';

const DOCKER_READY_MS_MAX = 60_000;
const DOCKER_PORT = 19_092;

export interface TestBrokers {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

export async function startTestBrokers(): Promise<TestBrokers> {
  const given = process.env['SLUICE_TEST_BROKERS'];
  if (given) return { brokers: given.split(','), stop: async () => {} };
  const kafka = findJavaKafka();
  if ('java' in kafka) {
    const cluster = await KafkaCluster.start({ kafka, nodes: 1 });
    return { brokers: cluster.brokers, stop: () => cluster.stop() };
  }
  const docker = await startInDocker();
  if (docker !== undefined) return docker;
  throw new Error(
    `The Kafka tests need a broker, and found none. Any of these will do: brokers named in SLUICE_TEST_BROKERS ` +
      `(host:port,host:port); ${kafka.missing}, for a broker of their own; Docker, running. ` +
      '`npm run test:unit` runs the tests that need none.',
  );
}

/** The image's own defaults are one node that clients on this machine reach at its port. */
async function startInDocker(): Promise<TestBrokers | undefined> {
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status !== 0) return undefined;
  const settings = {
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_LISTENERS: `PLAINTEXT://:${DOCKER_PORT},CONTROLLER://:9093`,
    KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${DOCKER_PORT}`,
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
  };
  const environment = Object.entries(settings).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const publish = ['-p', `127.0.0.1:${DOCKER_PORT}:${DOCKER_PORT}`];
  const run = ['run', '-d', '--rm', ...publish, ...environment, `apache/kafka:${KAFKA_VERSION}`];
  const { status, stdout, stderr } = spawnSync('docker', run, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`Docker did not start a broker: ${stderr}`);
  const stop = async (): Promise<void> => void spawnSync('docker', ['kill', stdout.trim()], { stdio: 'ignore' });
  for (const deadline = Date.now() + DOCKER_READY_MS_MAX; Date.now() < deadline; await pause(200)) {
    if (await answers(DOCKER_PORT)) return { brokers: [`127.0.0.1:${DOCKER_PORT}`], stop };
  }
  await stop();
  throw new Error('The broker in Docker did not answer in time.');
}
