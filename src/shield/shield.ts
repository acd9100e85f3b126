/**
 * The SDK's gate: what an agent reads, calls and says goes through a shield, is judged as any other face would judge it,
 * and comes back once its audit entry and incidents are kept. Whatever goes wrong on the way, the message is withheld.
 */
import { type Json, read } from '../engine/object.js';
import { SluiceError } from '../errors.js';
import type { Surface, Task } from '../message.js';
import { rulesOf } from '../policy/plan.js';
import { couldNotScan, hasContent, type Reason, type Verdict } from '../verdict.js';
import { readContext, type ShieldContext, type SnakeContext } from './context.js';
import { type Judging, SharedJudging } from './judging.js';
import { invalid, readOptions, type ShieldOptions } from './options.js';
import { Recorder } from './recorder.js';
import { redeem } from './redeem.js';
import { passed, type ShieldResult, withheld } from './result.js';

type Context = ShieldContext | SnakeContext;

/** A message by what it says: text, or any JSON value. */
export interface ToScan<T extends Json> {
  readonly content: T;
  readonly context?: Context | undefined;
  /** The token of `sluice approvals approve`, for exactly the message that was held. */
  readonly approval?: string | undefined;
}

export interface InputToScan<T extends Json> extends ToScan<T> {
  /** What the agent is asked, unless it is what the agent was given to read. */
  readonly surface?: 'prompt' | 'context';
}

export interface ToolCallToScan {
  readonly toolName: string;
  readonly parameters: Json;
  readonly context?: Context | undefined;
  readonly approval?: string | undefined;
}

export interface ToolCall {
  readonly toolName: string;
  readonly parameters: Json;
}

/** As it was made, whatever becomes of the caller's object. */
interface Call {
  readonly surface: Surface;
  readonly value: Buffer;
  readonly written: string;
  readonly approval: string | undefined;
}

/** Text stays text; in a JSON value, a redacted number is a string. */
export type Scanned<T extends Json> = T extends string ? string : Json;

export class Shield {
  private readonly agentId: string;
  private readonly tenant: string;
  private readonly judging: SharedJudging;
  private readonly recorder: Recorder;
  private readonly unlisten: () => void;
  private readonly inHand = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  /** Throws where the options, the policy or the key are not what they have to be. */
  constructor(options: ShieldOptions) {
    const { agentId, tenant, judging, sink, sinkMs, onFault } = readOptions(options);
    this.agentId = agentId;
    this.tenant = tenant;
    this.judging = SharedJudging.of(judging);
    this.unlisten = this.judging.listen(onFault);
    this.recorder = Recorder.of(sink, { msMax: sinkMs, onFault });
  }

  /** Resolves once the directory is in force and the sink open, or throws why not: for a start that wants to know. */
  async ready(): Promise<void> {
    await this.judging.begun;
    await this.recorder.open(this.judging.current);
  }

  scanInput<T extends Json>({ surface = 'prompt', ...message }: InputToScan<T>): Promise<ShieldResult<Scanned<T>>> {
    return this.scan(surface, message);
  }

  async scanToolCall({ toolName, parameters, ...beside }: ToolCallToScan): Promise<ShieldResult<ToolCall>> {
    if (typeof toolName !== 'string' || toolName.trim() === '') throw invalid('toolName');
    return this.scan('tool_call', { content: { tool_name: toolName, parameters }, ...beside }, toolCallOf);
  }

  scanToolResult<T extends Json>(message: ToScan<T>): Promise<ShieldResult<Scanned<T>>> {
    return this.scan('tool_result', message);
  }

  scanOutput<T extends Json>(message: ToScan<T>): Promise<ShieldResult<Scanned<T>>> {
    return this.scan('output', message);
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
    { content, context, approval }: ToScan<Json>,
    shape: (content: Json) => R = (content) => content as R,
  ): Promise<ShieldResult<R>> {
    if (approval !== undefined && typeof approval !== 'string') throw invalid('approval');
    if (this.closing !== undefined) throw new SluiceError('SHIELD_CLOSED');
    const { members, checkCrossPatient } = readContext(context);
    if (checkCrossPatient && !this.checksCrossPatient(surface))
      throw invalid('checkCrossPatient: no rule does it here');
    // Written out before anything is awaited: what is judged is what is returned, whatever becomes of the caller's object.
    const written = read(content);
    const head = JSON.stringify({ tenant: this.tenant, agent: this.agentId, surface, ...members });
    const value = Buffer.from(`${head.slice(0, -1)},"content":${written}}`);
    const { recorder } = this;
    if (!recorder.enter(value.length)) return unrecorded('overloaded', surface, this.judging.current);
    const call = this.answer({ surface, value, written, approval }, shape);
    this.inHand.add(call);
    try {
      return await call;
    } finally {
      this.inHand.delete(call);
      recorder.leave(value.length);
    }
  }

  private async answer<R>(
    { surface, value, written, approval }: Call,
    shape: (content: Json) => R,
  ): Promise<ShieldResult<R>> {
    const record = { timestamp: Date.now(), key: null, value, headers: [] };
    const lacking = await this.judging.begun.then(() => undefined, lackingOf);
    const judging = this.judging.current;
    const task = { surface, key: null, value, headers: [] };
    const { tenant } = this;
    const { verdict: refused, grant, approved } = redeem(approval, task, tenant, judging, record.timestamp);
    const first =
      lacking !== undefined
        ? couldNotScan(lacking, { tenant: judging.plan.tenant, surface })
        : (refused ?? (await judge(judging, { ...task, ...approved })));
    const by = lacking === undefined ? grant : undefined;
    const recorded = await this.recorder.record({ record, verdict: first, judging, grant: by });
    if (recorded === undefined) return unrecorded('not-recorded', surface, judging);
    const { id: auditId, verdict, facts, incidents } = recorded;
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

async function judge({ pool, plan }: Judging, task: Task): Promise<Verdict> {
  try {
    const [verdict] = await pool.judge([task], Date.now(), plan);
    return verdict;
  } catch {
    return couldNotScan('engine-failed', { tenant: plan.tenant, surface: task.surface });
  }
}

/** Why nothing can be judged, by what could not be put in force. */
function lackingOf(error: unknown): Reason {
  return error instanceof SluiceError && error.code.startsWith('ROSTER') ? 'roster-missing' : 'directory-unreadable';
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
