/**
 * One node of a real Apache Kafka (KRaft, broker and controller in one process), which a test can start, stop, kill,
 * freeze and start again on the same data. Its process ends with ours, however ours ends.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import type { Certificate } from './certificate.js';
import type { JavaKafka } from './kafka-jars.js';

const HEAP = '-Xmx384m';
/** Nodes of a cluster are started and killed all the time: what a long-lived one gains by compiling, these never see. */
const LASTING = ['-XX:+UseG1GC'];
const SHORT_LIVED = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** Machines are slow and busy. */
const READY_MS_MAX = 180_000;
const STOP_MS_MAX = 15_000;
const POLL_MS = 50;

/** Runs a command, says its process id, and ends it when our end of the pipe closes, which the system sees to. */
const GUARD = `exec 3<&0
"$@" </dev/null >>"$LOG" 2>&1 & child=$!
echo $child
{ cat <&3; kill -9 $child; } >/dev/null 2>&1 &
wait $child`;

export interface NodePorts {
  readonly plain: number;
  /** Clients that come in here are told to come through `proxy`. */
  readonly proxied: number;
  readonly proxy: number;
  readonly controller: number;
}

export interface NodeOptions {
  readonly kafka: JavaKafka;
  readonly folder: string;
  readonly clusterId: string;
  readonly id: number;
  readonly ports: readonly NodePorts[];
  readonly config?: Readonly<Record<string, string | number>>;
  /** A listener that asks who comes, in place of the one behind the proxy. */
  readonly secure?: Secure;
}

/** By SCRAM over TLS, or by a certificate of the client's. */
export type Secure = { readonly broker: Certificate } & (
  | { readonly user: { readonly name: string; readonly password: string } }
  | { readonly client: Certificate }
);

export class KafkaNode {
  readonly address: string;
  readonly #options: NodeOptions;
  readonly #properties: string;
  readonly #log: string;
  #guard: ChildProcess | undefined;
  #pid = 0;

  constructor(options: NodeOptions) {
    this.#options = options;
    const folder = join(options.folder, `node-${options.id}`);
    mkdirSync(folder, { recursive: true });
    this.#properties = join(folder, 'server.properties');
    this.#log = join(folder, 'server.log');
    this.address = `127.0.0.1:${ports(options).plain}`;
    writeFileSync(this.#properties, propertiesOf(options, join(folder, 'data')));
    const { kafka, clusterId } = options;
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', this.#properties];
    const { secure } = options;
    if (secure !== undefined && 'user' in secure) {
      format.push('--add-scram', `SCRAM-SHA-512=[name=${secure.user.name},password=${secure.user.password}]`);
    }
    const { status, stderr } = spawnSync(kafka.java, ['-Xmx128m', '-cp', kafka.classpath, ...format], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Kafka could not format its storage: ${stderr}`);
  }

  async start(): Promise<void> {
    const { java, classpath } = this.#options.kafka;
    closeSync(openSync(this.#log, 'a'));
    const machine = this.#options.ports.length === 1 ? LASTING : SHORT_LIVED;
    const command = [java, HEAP, ...machine, '-cp', classpath, 'kafka.Kafka', this.#properties];
    const guard = spawn('sh', ['-c', GUARD, 'sh', ...command], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, LOG: this.#log },
      detached: true, // So that Ctrl-C does not take the broker away before the tests have ended.
    });
    this.#guard = guard;
    this.#pid = await new Promise<number>((resolve, reject) => {
      guard.once('error', reject);
      guard.stdout?.once('data', (line: Buffer) => resolve(Number(line.toString())));
    });
    guard.once('exit', () => {
      guard.stdin?.destroy();
      if (this.#guard === guard) this.#pid = 0;
    });
    guard.unref();
    for (const pipe of [guard.stdin, guard.stdout]) if (pipe instanceof Socket) pipe.unref();
    await this.#ready();
  }

  /** Asks it to end and waits; a node without a quorum never does, and is killed. */
  async stop(): Promise<void> {
    this.#signal('SIGCONT');
    this.#signal('SIGTERM');
    if (!(await this.#gone(STOP_MS_MAX))) this.#signal('SIGKILL');
    await this.#gone(STOP_MS_MAX);
  }

  async kill(): Promise<void> {
    this.#signal('SIGKILL');
    await this.#gone(STOP_MS_MAX);
  }

  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  get running(): boolean {
    return this.#pid > 0;
  }

  async #ready(): Promise<void> {
    const deadline = Date.now() + READY_MS_MAX;
    while (!(await answers(ports(this.#options).plain))) {
      if (!this.running || Date.now() > deadline) {
        throw new Error(`Kafka did not start:\n${readFileSync(this.#log, 'utf8').slice(-4000)}`);
      }
      await pause(POLL_MS);
    }
  }

  async #gone(msMax: number): Promise<boolean> {
    for (const deadline = Date.now() + msMax; Date.now() < deadline; await pause(POLL_MS)) {
      if (!this.running) return true;
    }
    return false;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.running) process.kill(this.#pid, signal);
  }
}

function ports({ ports, id }: NodeOptions): NodePorts {
  return ports[id - 1] as NodePorts;
}

function propertiesOf(options: NodeOptions, data: string): string {
  const { plain, proxied, proxy, controller } = ports(options);
  const nodes = options.ports.length;
  const copies = Math.min(3, nodes);
  const insync = Math.min(2, nodes);
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': options.id,
    'controller.quorum.voters': options.ports.map((p, i) => `${i + 1}@127.0.0.1:${p.controller}`).join(','),
    listeners: `PLAIN://127.0.0.1:${plain},PROXIED://127.0.0.1:${proxied},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAIN://127.0.0.1:${plain},PROXIED://127.0.0.1:${proxy}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAIN:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAIN',
    'log.dirs': data,
    'offsets.topic.replication.factor': copies,
    'transaction.state.log.replication.factor': copies,
    'default.replication.factor': copies,
    'share.coordinator.state.topic.replication.factor': copies,
    'transaction.state.log.min.isr': insync,
    'min.insync.replicas': insync,
    'share.coordinator.state.topic.min.isr': insync,
    'offsets.topic.num.partitions': 5,
    'transaction.state.log.num.partitions': 5,
    'group.initial.rebalance.delay.ms': 0,
    'auto.create.topics.enable': false,
    ...(options.secure && secureConfig(options.secure, data)),
    ...options.config,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

function secureConfig(secure: Secure, data: string): Record<string, string> {
  const own = `${data}-own.pem`;
  const trusted = `${data}-trusted.pem`;
  writeFileSync(own, secure.broker.key + secure.broker.cert);
  writeFileSync(trusted, 'client' in secure ? secure.client.cert : secure.broker.cert);
  const at = 'listener.name.proxied.';
  const stores = {
    [`${at}ssl.keystore.type`]: 'PEM',
    [`${at}ssl.keystore.location`]: own,
    [`${at}ssl.truststore.type`]: 'PEM',
    [`${at}ssl.truststore.location`]: trusted,
  };
  const protocols = (name: string): Record<string, string> => ({
    'listener.security.protocol.map': `PLAIN:PLAINTEXT,PROXIED:${name},CONTROLLER:PLAINTEXT`,
  });
  if ('client' in secure) return { ...stores, ...protocols('SSL'), [`${at}ssl.client.auth`]: 'required' };
  const login = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  return {
    ...stores,
    ...protocols('SASL_SSL'),
    [`${at}sasl.enabled.mechanisms`]: 'SCRAM-SHA-512',
    [`${at}scram-sha-512.sasl.jaas.config`]: login,
  };
}

/** Whether a Kafka broker answers there: ApiVersions, version 0, correlation 1, no client id. */
export function answers(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => socket.write(Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff])));
    socket.on('data', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
    socket.on('close', () => end(false));
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
