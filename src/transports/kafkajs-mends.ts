/**
 * What is mended inside kafkajs 2.2.4, which no setting of it reaches. Each mend looks for what it was written for and
 * refuses to start without it, so that another version is never mended by guess; package.json pins this one.
 */
import { createRequire } from 'node:module';
import kafkajs from 'kafkajs';
import { type Codecs, type Encoder, growAsNeeded, type ProduceProtocol, writeAtOnce } from './kafkajs-produce.js';
import { type Broker, type Cluster, shortenTransactions, TRANSACTION_REQUESTS } from './kafkajs-transactions.js';

const VERSION = '2.2.4';

interface Assigned {
  readonly topic: string;
  readonly partition: number;
}

interface OffsetManager {
  readonly memberAssignment: Readonly<Record<string, readonly number[] | undefined>>;
  setDefaultOffset(): Promise<void>;
}

interface ConsumerGroup {
  readonly offsetManager: OffsetManager | null;
  fetch(nodeId: string): Promise<unknown[]>;
  joinAndSync(): Promise<void>;
  resolveOffset(at: Assigned): void;
}

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

let mended = false;

export function mendClient(): void {
  if (mended) return;
  const load = createRequire(import.meta.url);
  const { version } = load('kafkajs/package.json') as { readonly version: string };
  if (version !== VERSION) throw new Error(`kafkajs ${version} is not the one that is mended here: ${VERSION}`);
  forbidJumps(prototypeOf<OffsetManager>(load, 'consumer/offsetManager/index.js', ['setDefaultOffset']));
  const group = prototypeOf<ConsumerGroup>(load, 'consumer/consumerGroup.js', [
    'fetch',
    'joinAndSync',
    'resolveOffset',
  ]);
  joinOnce(group);
  forgetAssignmentsOfOld(group);
  const broker = prototypeOf<Broker>(load, 'broker/index.js', TRANSACTION_REQUESTS);
  const cluster = prototypeOf<Cluster>(load, 'cluster/index.js', ['findGroupCoordinator']);
  shortenTransactions(broker, cluster);
  restWithNothingPending(prototypeOf(load, 'network/requestQueue/index.js', ['scheduleCheckPendingRequests']));
  growAsNeeded(prototypeOf<Encoder>(load, 'protocol/encoder.js', ['ensureAvailable']));
  const produce = moduleOf<ProduceProtocol>(load, 'protocol/requests/produce/index.js', ['protocol']);
  writeAtOnce(produce, kafkajs.CompressionCodecs as Codecs);
  mended = true;
}

function prototypeOf<T>(load: NodeJS.Require, path: string, methods: readonly (keyof T)[]): T {
  const { prototype } = load(`kafkajs/src/${path}`) as { readonly prototype: T };
  return withAll(prototype, methods);
}

function moduleOf<T>(load: NodeJS.Require, path: string, methods: readonly (keyof T)[]): T {
  return withAll(load(`kafkajs/src/${path}`) as T, methods);
}

function withAll<T>(mended: T, methods: readonly (keyof T)[]): T {
  for (const method of methods) {
    if (typeof mended[method] !== 'function') throw new Error(`kafkajs has no ${String(method)} to mend`);
  }
  return mended;
}

/**
 * When retention has passed a consumer's position, the library commits "latest" and goes on there: whatever lay between is
 * never scanned, and the position is gone. There is no setting against it. Now it stops, which the transport reports.
 */
function forbidJumps(manager: OffsetManager): void {
  manager.setDefaultOffset = async () => {
    throw Object.assign(new kafkajs.KafkaJSNonRetriableError('OFFSET_OUT_OF_RANGE'), { type: 'OFFSET_OUT_OF_RANGE' });
  };
}

/**
 * There is one fetcher for each broker, and each joins the group anew by itself when a leader has moved: two that do so
 * at once disturb each other's round. Who comes while a join is under way waits for that one.
 */
function joinOnce(group: ConsumerGroup): void {
  const { joinAndSync } = group;
  const joining = new WeakMap<ConsumerGroup, Promise<void>>();
  group.joinAndSync = function (this: ConsumerGroup) {
    const under = joining.get(this);
    if (under !== undefined) return under;
    const join = joinAndSync.call(this).finally(() => joining.delete(this));
    joining.set(this, join);
    return join;
  };
}

/**
 * A fetcher that waits while another one joins comes back to an assignment that is not the one it asked for. If that has
 * lost a topic, the library ends the consumer with a TypeError, which it takes for an error that cannot be survived; if
 * not, it hands on what was read for the one before. Neither counts: it is read again where the lanes stand now.
 */
function forgetAssignmentsOfOld(group: ConsumerGroup): void {
  const { fetch, resolveOffset } = group;
  group.fetch = async function (this: ConsumerGroup, nodeId) {
    const asked = this.offsetManager;
    try {
      const batches = await fetch.call(this, nodeId);
      return this.offsetManager === asked ? batches : [];
    } catch (error) {
      if (error instanceof TypeError && this.offsetManager !== asked) return [];
      throw error;
    }
  };
  group.resolveOffset = function (this: ConsumerGroup, at) {
    if (this.offsetManager?.memberAssignment[at.topic]?.includes(at.partition)) resolveOffset.call(this, at);
  };
}

/**
 * Each connection looks every millisecond, for as long as it lasts, for requests that could not be sent at once, though there
 * are none: dozens of thousands of wake-ups a second. Who has one to wait says so, and it is looked for then.
 */
function restWithNothingPending(queue: RequestQueue): void {
  const { scheduleCheckPendingRequests } = queue;
  queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
}
