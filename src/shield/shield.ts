/**
 * The SDK's gate: what an agent reads, calls and says goes through a shield, is judged as any other face would judge it,
 * and comes back once its audit entry and incidents are kept. Whatever goes wrong on the way, the message is withheld.
 */
import { resolve } from 'node:path';
import { type Json, read } from '../engine/object.js';
import { type ErrorCode, SluiceError } from '../errors.js';
import { deadlineMs, messageBytesMax, sinkMs } from '../limits.js';
import type { Surface } from '../message.js';
import { rulesOf } from '../policy/plan.js';
import { deriveKeys } from '../transports/keys.js';
import { couldNotScan, hasContent, type Reason, type Verdict } from '../verdict.js';
import { readContext, type ShieldContext, type SnakeContext } from './context.js';
import { journalSink } from './journal-sink.js';
import { type Judging, SharedJudging } from './judging.js';
import { Recorder } from './recorder.js';
import { passed, type ShieldResult, withheld } from './result.js';
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
  /** Told why messages were withheld that could not be recorded, and why a changed policy or directory was not taken. */
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
  private readonly tenant: string;
  private readonly judging: SharedJudging;
  private readonly recorder: Recorder;
  private readonly unlisten: () => void;
  private readonly inHand = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(private readonly options: ShieldOptions) {
    const { agentId, tenant = 'default', sink = journalSink(), key = process.env.SLUICE_KEY } = options;
    if (typeof agentId !== 'string' || agentId.trim() === '') throw invalid('agentId');
    if (typeof tenant !== 'string' || tenant.trim() === '') throw invalid('tenant');
    const { policyPath: file, policyTenantsPath: tenants, without = [], onFault = () => {} } = options;
    if (file === undefined && (tenants !== undefined || without.length > 0)) throw invalid('policyPath');
    this.tenant = tenant;
    const to = typeof sink === 'function' ? functionSink(sink) : sink;
    const secret = key === undefined ? to.secret() : Buffer.from(key);
    if (secret === undefined) throw new SluiceError('KEY_MISSING', { subject: 'key, or SLUICE_KEY' });
    this.judging = SharedJudging.of({
      policy: file === undefined ? undefined : { file: resolve(file), tenants: tenants && resolve(tenants) },
      directory: options.directoryPath && resolve(options.directoryPath),
      without,
      keys: deriveKeys(secret),
      messageBytesMax: options.messageBytesMax ?? messageBytesMax,
      threads: options.threads ?? 0,
      deadlineMs: options.deadlineMs ?? deadlineMs,
    });
    this.unlisten = this.judging.listen(onFault);
    this.recorder = Recorder.of(to, { msMax: options.sinkMs ?? sinkMs, onFault });
  }

  /** Resolves once the directory is in force and the sink open, or throws why not: for a start that wants to know. */
  async ready(): Promise<void> {
    await this.judging.begun;
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
    this.unlisten();
    this.closing ??= Promise.allSettled(this.inHand)
      .then(() => this.recorder.release())
      .then(() => this.judging.release());
    return this.closing;
  }

  private async scan<R>(
    surface: Surface,
    content: Json,
    context: Context | undefined,
    shape: (content: Json) => R = (content) => content as R,
  ): Promise<ShieldResult<R>> {
    if (this.closing !== undefined) throw new SluiceError('SHIELD_CLOSED');
    const { members, checkCrossPatient } = readContext(context);
    if (checkCrossPatient && !this.checksCrossPatient(surface))
      throw invalid('checkCrossPatient: no rule does it here');
    // Written out before anything is awaited: what is judged is what is returned, whatever becomes of the caller's object.
    const written = read(content);
    const head = JSON.stringify({ tenant: this.tenant, agent: this.options.agentId, surface, ...members });
    const value = Buffer.from(`${head.slice(0, -1)},"content":${written}}`);
    const { recorder } = this;
    if (!recorder.enter(value.length)) return unrecorded('overloaded', surface, this.judging.current);
    const call = this.answer(surface, value, written, shape);
    this.inHand.add(call);
    try {
      return await call;
    } finally {
      this.inHand.delete(call);
      recorder.leave(value.length);
    }
  }

  private async answer<R>(
    surface: Surface,
    value: Buffer,
    written: string,
    shape: (content: Json) => R,
  ): Promise<ShieldResult<R>> {
    const record = { timestamp: Date.now(), key: null, value, headers: [] };
    const readable = await this.judging.begun.then(
      () => true,
      () => false,
    );
    const judging = this.judging.current;
    const verdict = readable
      ? await judge(judging, surface, value)
      : couldNotScan('directory-unreadable', { tenant: judging.plan.tenant, surface });
    const recorded = await this.recorder.record({ record, verdict, judging });
    if (recorded === undefined) return unrecorded('not-recorded', surface, judging);
    const { id: auditId, facts, incidents } = recorded;
    const answered = { verdict, facts, incidents, auditId, plan: judging.plan };
    if (!hasContent(verdict)) return withheld(answered);
    const now = verdict.value === undefined ? written : JSON.stringify(contentOf(verdict.value));
    return passed(answered, shape(JSON.parse(now) as Json), now !== written);
  }

  private checksCrossPatient(surface: Surface): boolean {
    const { plan } = this.judging.current;
    if (plan.otherwise === 'redact') return true;
    const rules = rulesOf(plan, this.tenant);
    return rules.some((rule) => rule.scanner === 'pii' && rule.crossPatient && rule.surfaces.includes(surface));
  }
}

async function judge({ pool, plan }: Judging, surface: Surface, value: Buffer): Promise<Verdict> {
  try {
    const [verdict] = await pool.judge([{ surface, key: null, value, headers: [] }], Date.now(), plan);
    return verdict;
  } catch {
    return couldNotScan('engine-failed', { tenant: plan.tenant, surface });
  }
}

function unrecorded(reason: Reason, surface: Surface, { plan }: Judging): ShieldResult<never> {
  const verdict = couldNotScan(reason, { tenant: plan.tenant, surface });
  return withheld({ verdict, facts: {}, incidents: [], auditId: undefined, plan });
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
