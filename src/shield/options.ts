/**
 * What a shield is made with, and that it can be what it is. A mistake is told when the shield is made, not when the first
 * patient asks.
 */
import { resolve } from 'node:path';
import { type ErrorCode, SluiceError } from '../errors.js';
import { deadlineMs, messageBytesMax, messageBytesMaxMax, sinkMs } from '../limits.js';
import type { CompactedTopic } from '../transports/compacted-topic.js';
import type { Sasl, Tls } from '../transports/kafka-client.js';
import { deriveKeys } from '../transports/keys.js';
import { journalSink } from './journal-sink.js';
import type { JudgingOptions } from './judging.js';
import { functionSink, type Sink, type SinkFunction } from './sink.js';

export interface ShieldOptions {
  readonly agentId: string;
  /** Whose messages these are; a policy may have rules for tenants. */
  readonly tenant?: string;
  /** The policy file; without one, all that is found is redacted. It is read again when it changes. */
  readonly policyPath?: string;
  /** A folder of what tenants add to the policy, one file each. */
  readonly policyTenantsPath?: string;
  /** Who may do what: a file, or a folder of them. It is read again when it changes. */
  readonly directoryPath?: string;
  /** The same from a compacted topic of a cluster, beside the files or alone. */
  readonly directoryTopic?: DirectoryTopicOptions;
  /** Whose identifiers are whose: a snapshot of `sluice roster build`, or a folder of them. It is read again when it changes. */
  readonly rosterPath?: string;
  /** The secret that it was built with, unless it is `key`. */
  readonly rosterKey?: Uint8Array | string;
  /** Scanners that are not built yet, whose rules in the policy are left out. */
  readonly without?: readonly string[];
  /** Where audit entries and incidents are kept; the journal in `.sluice/journal` unless said. */
  readonly sink?: Sink | SinkFunction;
  /** The secret for references and quarantine, of at least 16 bytes; SLUICE_KEY, or the journal's own, unless said. */
  readonly key?: Uint8Array | string;
  /** Worker threads; none unless said: judged where it is called, and then without a deadline. */
  readonly threads?: number;
  /** How long a worker thread may take over one message. */
  readonly deadlineMs?: number;
  /** Largest message that is scanned, in bytes of its envelope. */
  readonly messageBytesMax?: number;
  /** How long the sink may take before the message is withheld. */
  readonly sinkMs?: number;
  /** Told why messages were withheld that could not be recorded, and why a changed policy, directory or roster was not taken. */
  readonly onFault?: (code: ErrorCode) => void;
}

export interface DirectoryTopicOptions {
  readonly topic: string;
  readonly brokers: readonly string[];
  readonly clientId?: string;
  readonly tls?: Tls;
  readonly sasl?: Sasl;
}

const THREADS_MAX = 64;
const MS_MAX = 10 * 60_000;

interface Read {
  readonly agentId: string;
  readonly tenant: string;
  readonly judging: JudgingOptions;
  readonly sink: Sink;
  readonly sinkMs: number;
  readonly onFault: (code: ErrorCode) => void;
}

export function readOptions(options: ShieldOptions): Read {
  const {
    agentId,
    tenant = 'default',
    policyPath,
    policyTenantsPath,
    directoryPath,
    rosterPath,
    rosterKey,
    without = [],
    threads = 0,
  } = options;
  if (typeof agentId !== 'string' || agentId.trim() === '') throw invalid('agentId');
  if (typeof tenant !== 'string' || tenant.trim() === '') throw invalid('tenant');
  // What would do nothing is refused: whoever set it believes that it does.
  if (policyPath === undefined && (policyTenantsPath !== undefined || without.length > 0)) throw invalid('policyPath');
  if (policyPath === undefined && rosterPath !== undefined) throw invalid('rosterPath');
  if (rosterPath === undefined && rosterKey !== undefined) throw invalid('rosterKey');
  const { sink: said = journalSink(), key = process.env.SLUICE_KEY } = options;
  const sink = typeof said === 'function' ? functionSink(said) : said;
  const secret = key === undefined ? sink.secret() : Buffer.from(key);
  if (secret === undefined) throw new SluiceError('KEY_MISSING', { subject: 'key, or SLUICE_KEY' });
  const judging: JudgingOptions = {
    policy: policyPath === undefined ? undefined : placeOf(policyPath, policyTenantsPath),
    directory: directoryPath === undefined ? undefined : resolve(directoryPath),
    directoryTopic: options.directoryTopic && followed(options.directoryTopic),
    rosters: rosterPath === undefined ? undefined : resolve(rosterPath),
    without,
    keys: { ...deriveKeys(secret), ...(rosterKey !== undefined && { rosters: Buffer.from(rosterKey) }) },
    messageBytesMax: within('messageBytesMax', options.messageBytesMax ?? messageBytesMax, messageBytesMaxMax),
    threads: within('threads', threads, THREADS_MAX, 0),
    deadlineMs: within('deadlineMs', options.deadlineMs ?? deadlineMs, MS_MAX),
  };
  const onFault = listener(options.onFault);
  return { agentId, tenant, judging, sink, sinkMs: within('sinkMs', options.sinkMs ?? sinkMs, MS_MAX), onFault };
}

function placeOf(file: string, tenants: string | undefined): JudgingOptions['policy'] {
  return { file: resolve(file), tenants: tenants === undefined ? undefined : resolve(tenants) };
}

function followed({ topic, brokers, clientId = 'sluice-shield', tls, sasl }: DirectoryTopicOptions): CompactedTopic {
  if (typeof topic !== 'string' || topic === '' || !Array.isArray(brokers) || brokers.length === 0)
    throw invalid('directoryTopic');
  return { topic, client: { brokers, clientId, ...(tls && { tls }), ...(sasl && { sasl }) } };
}

/** Whoever only listens holds nothing up. */
function listener(tell: ShieldOptions['onFault']): (code: ErrorCode) => void {
  return (code) => {
    try {
      tell?.(code);
    } catch {
      // What it threw is its own.
    }
  };
}

function within(name: string, value: number, max: number, min = 1): number {
  if (!Number.isInteger(value) || value < min || value > max) throw invalid(name);
  return value;
}

export function invalid(subject: string): SluiceError {
  return new SluiceError('OPTION_INVALID', { subject });
}
