/**
 * The SDK's gate: what an agent reads, calls and says goes through a shield, is judged as any other face would judge it,
 * and comes back once its audit entry and incidents are kept. Whatever goes wrong on the way, the message is withheld.
 */
import { type Json, read } from '../engine/object.js';
import { type ErrorCode, SluiceError } from '../errors.js';
import { deadlineMs, messageBytesMax, sinkMs } from '../limits.js';
import type { Surface } from '../message.js';
import { builtInPlan } from '../policy/plan.js';
import { deriveKeys } from '../transports/keys.js';
import { couldNotScan, hasContent, type Reason, type Verdict } from '../verdict.js';
import { readContext, type ShieldContext, type SnakeContext } from './context.js';
import { journalSink } from './journal-sink.js';
import { type Judging, judgingOf } from './judging.js';
import { Recorder } from './recorder.js';
import { passed, type ShieldResult, withheld } from './result.js';
import { functionSink, type Sink, type SinkFunction } from './sink.js';

export interface ShieldOptions {
  readonly agentId: string;
  readonly tenant?: string;
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
  /** Told why messages were withheld because they could not be recorded. */
  readonly onFault?: (code: ErrorCode) => void;
}

type Context = ShieldContext | SnakeContext;

/** A message by what it says: text, or any JSON value. */
export interface ToScan<T extends Json> {
  readonly content: T;
  readonly context?: Context | undefined;
}

export interface InputToScan<T extends Json> extends ToScan<T> {
  /** What the agent is asked, unless it is what the agent was given to read. */
  readonly surface?: 'prompt' | 'context';
}

export interface ToolCallToScan {
  readonly toolName: string;
  readonly parameters: Json;
  readonly context?: Context | undefined;
}

export interface ToolCall {
  readonly toolName: string;
  readonly parameters: Json;
}

/** Text stays text; in a JSON value, a redacted number is a string. */
export type Scanned<T extends Json> = T extends string ? string : Json;

export class Shield {
  private readonly judging: Judging;
  private readonly recorder: Recorder;
  private closing: Promise<void> | undefined;

  constructor(private readonly options: ShieldOptions) {
    const { agentId, tenant = 'default', sink = journalSink(), key = process.env.SLUICE_KEY, threads = 0 } = options;
    if (typeof agentId !== 'string' || agentId.trim() === '') throw invalid('agentId');
    if (typeof tenant !== 'string' || tenant.trim() === '') throw invalid('tenant');
    const to = typeof sink === 'function' ? functionSink(sink) : sink;
    const secret = key === undefined ? to.secret() : Buffer.from(key);
    if (secret === undefined) throw new SluiceError('KEY_MISSING', { subject: 'key, or SLUICE_KEY' });
    const keys = deriveKeys(secret);
    const bound = options.messageBytesMax ?? messageBytesMax;
    const plan = builtInPlan({ messageBytesMax: bound, tenant: 'default', referenceKey: keys.references });
    this.judging = judgingOf({ plan, keys, threads, deadlineMs: options.deadlineMs ?? deadlineMs });
    this.recorder = Recorder.of(to, { msMax: options.sinkMs ?? sinkMs, onFault: options.onFault });
  }

  /** Resolves once the sink is open, or throws why it is not: for a start that wants to know. */
  async ready(): Promise<void> {
    await this.recorder.open();
  }

  scanInput<T extends Json>({
    content,
    context,
    surface = 'prompt',
  }: InputToScan<T>): Promise<ShieldResult<Scanned<T>>> {
    return this.scan(surface, content, context);
  }

  async scanToolCall({ toolName, parameters, context }: ToolCallToScan): Promise<ShieldResult<ToolCall>> {
    if (typeof toolName !== 'string' || toolName.trim() === '') throw invalid('toolName');
    return this.scan('tool_call', { tool_name: toolName, parameters }, context, toolCallOf);
  }

  scanToolResult<T extends Json>({ content, context }: ToScan<T>): Promise<ShieldResult<Scanned<T>>> {
    return this.scan('tool_result', content, context);
  }

  scanOutput<T extends Json>({ content, context }: ToScan<T>): Promise<ShieldResult<Scanned<T>>> {
    return this.scan('output', content, context);
  }

  /** Calls in hand are answered first. */
  close(): Promise<void> {
    this.closing ??= this.recorder.release().then(() => this.judging.release());
    return this.closing;
  }

  private async scan<R>(
    surface: Surface,
    content: Json,
    context: Context | undefined,
    shape: (content: Json) => R = (content) => content as R,
  ): Promise<ShieldResult<R>> {
    if (this.closing !== undefined) throw new SluiceError('SHIELD_CLOSED');
    const { members } = readContext(context);
    const { agentId, tenant = 'default' } = this.options;
    // Written out before anything is awaited: what is judged is what is returned, whatever becomes of the caller's object.
    const written = read(content);
    const head = JSON.stringify({ tenant, agent: agentId, surface, ...members });
    const value = Buffer.from(`${head.slice(0, -1)},"content":${written}}`);
    const { recorder, judging } = this;
    if (!recorder.enter(value.length)) return this.unrecorded('overloaded', surface);
    try {
      const record = { timestamp: Date.now(), key: null, value, headers: [] };
      const verdict = await this.judge(surface, value);
      const recorded = await recorder.record({ record, verdict, judging });
      if (recorded === undefined) return this.unrecorded('not-recorded', surface);
      const { id: auditId, facts, incidents } = recorded;
      const answered = { verdict, facts, incidents, auditId, plan: judging.plan };
      if (!hasContent(verdict)) return withheld(answered);
      const now = verdict.value === undefined ? written : JSON.stringify(contentOf(verdict.value));
      return passed(answered, shape(JSON.parse(now) as Json), now !== written);
    } finally {
      recorder.leave(value.length);
    }
  }

  private async judge(surface: Surface, value: Buffer): Promise<Verdict> {
    const { pool, plan } = this.judging;
    try {
      const [verdict] = await pool.judge([{ surface, key: null, value, headers: [] }], Date.now());
      return verdict;
    } catch {
      return couldNotScan('engine-failed', { tenant: plan.tenant, surface });
    }
  }

  private unrecorded(reason: Reason, surface: Surface): ShieldResult<never> {
    const { plan } = this.judging;
    const verdict = couldNotScan(reason, { tenant: plan.tenant, surface });
    return withheld({ verdict, facts: {}, incidents: [], auditId: undefined, plan });
  }
}

function contentOf(value: Buffer): Json {
  return (JSON.parse(value.toString()) as { readonly content: Json }).content;
}

function toolCallOf(content: Json): ToolCall {
  const { tool_name: toolName, parameters } = content as { readonly tool_name: string; readonly parameters: Json };
  return { toolName, parameters };
}

function invalid(subject: string): SluiceError {
  return new SluiceError('OPTION_INVALID', { subject });
}
