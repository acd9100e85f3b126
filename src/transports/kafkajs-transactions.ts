/**
 * Fewer round trips in kafkajs' transactions, and none of a producer that was thrown away. Left to itself it looks for a
 * coordinator before every step, and asks for each partition when it comes to it: eighteen round trips one after the other
 * for four topics, where six will do.
 */

import { type Deferred, deferred } from './waiting.js';

interface Request {
  readonly transactionalId: string;
  readonly producerId: string | number;
  readonly producerEpoch: number;
}

interface PartitionsToAdd extends Request {
  readonly topics: readonly { readonly topic: string; readonly partitions: readonly number[] }[];
}

export interface Broker {
  isConnected(): boolean;
  initProducerId(request: Request): Promise<Omit<Request, 'transactionalId'>>;
  produce(request: Request): Promise<unknown>;
  addPartitionsToTxn(request: PartitionsToAdd): Promise<unknown>;
  addOffsetsToTxn(request: Request): Promise<unknown>;
  txnOffsetCommit(request: Request): Promise<unknown>;
  endTxn(request: Request): Promise<unknown>;
}

const WITHIN_EPOCH = ['addPartitionsToTxn', 'addOffsetsToTxn', 'txnOffsetCommit', 'endTxn'] as const;
/** All that a coordinator is asked by a transactional producer. */
const COORDINATED = ['initProducerId', ...WITHIN_EPOCH] as const;
/** What is mended of a broker. */
export const TRANSACTION_REQUESTS = [...COORDINATED, 'produce'] as const satisfies readonly (keyof Broker)[];

type Ask = (request: Request) => Promise<unknown>;

interface CoordinatorOf {
  readonly groupId: string;
  readonly coordinatorType?: number;
}

export interface Cluster {
  findGroupCoordinator(of: CoordinatorOf): Promise<Broker>;
}

/** By its number in the protocol. */
const TRANSACTION_COORDINATOR = 1;

export function shortenTransactions(broker: Broker, cluster: Cluster): void {
  refuseRetired(broker);
  const failures = countFailures(broker);
  rememberCoordinators(cluster, failures);
  addPartitionsAtOnce(broker);
}

/** Whose turn a transactional id is in this process: an epoch, or nobody's while a new one is asked for. */
const turns = new Map<string, string | undefined>();

/**
 * From now on nothing is sent for a transactional id until somebody has a new epoch of it. A send whose transaction has failed tries
 * again for a while, on connections of its own; what it brings late belongs to nothing any more.
 */
export function retire(transactionalId: string): void {
  turns.set(transactionalId, undefined);
}

function refuseRetired(broker: Broker): void {
  const { initProducerId } = broker;
  broker.initProducerId = async function (this: Broker, request) {
    const { transactionalId } = request;
    if (!transactionalId) return initProducerId.call(this, request);
    retire(transactionalId);
    const answer = await initProducerId.call(this, request);
    turns.set(transactionalId, turnOf(answer));
    return answer;
  };
  around(broker, ['produce', ...WITHIN_EPOCH], async (ask, request) => {
    const { transactionalId } = request;
    if (transactionalId && turns.has(transactionalId) && turns.get(transactionalId) !== turnOf(request))
      throw Object.assign(new Error('RETIRED'), { type: 'RETIRED', retriable: false });
    return ask(request);
  });
}

const turnOf = ({ producerId, producerEpoch }: Omit<Request, 'transactionalId'>): string =>
  `${producerId}/${producerEpoch}`;

/** Of requests to coordinators, all together; that one is busy with the transaction before says nothing against it. */
function countFailures(broker: Broker): () => number {
  let failures = 0;
  around(broker, COORDINATED, async (ask, request) => {
    try {
      return await ask(request);
    } catch (error) {
      if ((error as { type?: unknown }).type !== 'CONCURRENT_TRANSACTIONS') failures += 1;
      throw error;
    }
  });
  return () => failures;
}

/** Puts the same around several requests. */
function around(
  broker: Broker,
  names: readonly (typeof TRANSACTION_REQUESTS)[number][],
  how: (ask: Ask, request: Request) => Promise<unknown>,
): void {
  const methods = broker as unknown as Record<string, Ask>;
  for (const name of names) {
    const theirs = methods[name] as Ask;
    methods[name] = function (this: Broker, request) {
      return how((asked) => theirs.call(this, asked), request);
    };
  }
}

/**
 * A coordinator is asked for again when the connection to it has gone, or any request to any has failed: it may be another
 * one then. Of transactional producers only, each of which has a cluster to itself.
 */
function rememberCoordinators(cluster: Cluster, failures: () => number): void {
  const { findGroupCoordinator } = cluster;
  const known = new WeakMap<Cluster, Map<string, { readonly broker: Broker; readonly asOf: number }>>();
  cluster.findGroupCoordinator = async function (this: Cluster, of) {
    if (of.coordinatorType === TRANSACTION_COORDINATOR && !known.has(this)) known.set(this, new Map());
    const mine = known.get(this);
    if (mine === undefined) return findGroupCoordinator.call(this, of);
    const name = `${of.coordinatorType ?? 0} ${of.groupId}`;
    const last = mine.get(name);
    if (last?.asOf === failures() && last.broker.isConnected()) return last.broker;
    const asOf = failures();
    const broker = await findGroupCoordinator.call(this, of);
    mine.set(name, { broker, asOf });
    return broker;
  };
}

interface Announced {
  readonly topics: PartitionsToAdd['topics'];
  readonly added: Deferred<void>;
  /** By epoch: a producer that was thrown away may still be asking for its own. */
  readonly asked: Map<number, Promise<unknown>>;
}

const announced = new Map<string, Announced>();

/**
 * What the transaction that begins now is going to write to, so that the coordinator is asked once and not before each
 * send. `added` resolves when it has answered; `end` has to follow whatever becomes of it.
 */
export function announce(
  transactionalId: string,
  topics: PartitionsToAdd['topics'],
): { readonly added: Promise<void>; readonly end: () => void } {
  const mine: Announced = { topics, added: deferred(), asked: new Map() };
  announced.set(transactionalId, mine);
  const end = (): void => {
    if (announced.get(transactionalId) === mine) announced.delete(transactionalId);
  };
  return { added: mine.added.promise, end };
}

function addPartitionsAtOnce(broker: Broker): void {
  const { addPartitionsToTxn } = broker;
  broker.addPartitionsToTxn = async function (this: Broker, request) {
    const whole = announced.get(request.transactionalId);
    if (whole === undefined) return addPartitionsToTxn.call(this, request);
    const { producerEpoch } = request;
    let asked = whole.asked.get(producerEpoch);
    if (asked === undefined) {
      asked = addPartitionsToTxn.call(this, { ...request, topics: whole.topics });
      whole.asked.set(producerEpoch, asked);
      // Whoever tries again asks again.
      asked.catch(() => whole.asked.delete(producerEpoch));
    }
    const answer = await asked;
    whole.added.resolve();
    return answer;
  };
}
