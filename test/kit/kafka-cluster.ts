/**
 * A real Apache Kafka of one or three nodes in a folder of its own, with a proxy in front of each node for tests that
 * drop or delay what client and broker say to each other.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import type { JavaKafka } from './kafka-jars.js';
import { KafkaNode, type NodePorts, type Secure } from './kafka-node.js';
import { KafkaProxy } from './kafka-proxy.js';
import './watch-parent.js';

export interface ClusterOptions {
  readonly kafka: JavaKafka;
  readonly nodes: 1 | 3;
  readonly config?: Readonly<Record<string, string | number>>;
  readonly secure?: Secure;
}

export class KafkaCluster {
  readonly nodes: readonly KafkaNode[];
  readonly proxies: readonly KafkaProxy[];
  readonly #folder: string;

  private constructor(folder: string, nodes: readonly KafkaNode[], proxies: readonly KafkaProxy[]) {
    this.#folder = folder;
    this.nodes = nodes;
    this.proxies = proxies;
  }

  static async start({ kafka, nodes: count, config, secure }: ClusterOptions): Promise<KafkaCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-kafka-'));
    const proxies = await Promise.all(Array.from({ length: count }, () => KafkaProxy.open()));
    const free = await freePorts(3 * count);
    const ports = proxies.map(
      ({ port }, i): NodePorts => ({
        plain: free[3 * i] as number,
        proxied: free[3 * i + 1] as number,
        controller: free[3 * i + 2] as number,
        proxy: port,
      }),
    );
    for (const [i, proxy] of proxies.entries()) {
      proxy.target = (ports[i] as NodePorts).proxied;
      proxy.raw = secure !== undefined;
    }
    // Kafka's own tool takes an id that begins with a hyphen for an option.
    const clusterId = `s${randomBytes(16).toString('base64url').slice(1)}`;
    const more = { ...(config && { config }), ...(secure && { secure }) };
    const nodes = ports.map((_, i) => new KafkaNode({ kafka, folder, clusterId, id: i + 1, ports, ...more }));
    const cluster = new KafkaCluster(folder, nodes, proxies);
    try {
      await Promise.all(nodes.map((node) => node.start()));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  get brokers(): string[] {
    return this.nodes.map((node) => node.address);
  }

  /** The same brokers, every byte of whose conversation goes through the proxies. */
  get proxied(): string[] {
    return this.proxies.map((proxy) => `127.0.0.1:${proxy.port}`);
  }

  async stop(): Promise<void> {
    // All at once: a quorum that is going away lets nobody leave in order.
    await Promise.all(this.nodes.map((node) => (this.nodes.length === 1 ? node.stop() : node.kill())));
    for (const proxy of this.proxies) proxy.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
