/**
 * Records what was judged, for all shields of one sink: verdicts in the order in which they come become windows, as the
 * pipeline builds them, and go to the sink one after the other; what gathers meanwhile goes together in the next one.
 */
import { type ErrorCode, SluiceError } from '../errors.js';
import { approvalMs, shieldBytesMax, shieldCallsMax, transactionBytesMax, transactionRecordsMax } from '../limits.js';
import { type Facts, sourceName } from '../message.js';
import { decidedBefore } from '../pipeline/admission.js';
import type { Grant } from '../pipeline/approval.js';
import { expiryOf } from '../pipeline/expiry.js';
import { incidentId } from '../pipeline/incident.js';
import { bytesOfRecord } from '../pipeline/outcome.js';
import type { InRecord } from '../pipeline/port.js';
import { Sessions } from '../pipeline/state.js';
import { outcomeTopic } from '../pipeline/topics.js';
import { applyWindow, buildWindow } from '../pipeline/window.js';
import { within } from '../transports/waiting.js';
import { factsOf, type Verdict } from '../verdict.js';
import type { Judging } from './judging.js';
import type { Place, Sink } from './sink.js';

export interface Recorded {
  /** Of the audit entry. */
  readonly id: string;
  /** As it is on record: what the session had seen before may have changed it. */
  readonly verdict: Verdict;
  readonly facts: Facts;
  readonly incidents: readonly string[];
}

export interface ToRecord {
  readonly record: Omit<InRecord, 'offset'>;
  readonly verdict: Verdict;
  readonly judging: Judging;
  /** What it was approved by. */
  readonly grant?: Grant | undefined;
}

export interface RecorderOptions {
  /** How long the sink may take. */
  readonly msMax: number;
  /** Told when messages were withheld because they could not be recorded. */
  readonly onFault?: ((code: ErrorCode) => void) | undefined;
}

interface Waiting extends ToRecord {
  readonly resolve: (recorded: Recorded | undefined) => void;
}

/** Where the next window begins; forgotten when a write fails. */
interface Standing {
  readonly place: Place;
  readonly sessions: Sessions;
  next: number;
}

/** Behind the end of an approval, which is good for all of its last millisecond. */
const LAPSE_MS = 1;

const recorders = new WeakMap<Sink, Recorder>();

export class Recorder {
  private readonly waiting: Waiting[] = [];
  private standing: Standing | undefined;
  private working: Promise<void> | undefined;
  private users = 0;
  private calls = 0;
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  /** What was judged by last. */
  private judging: Judging | undefined;

  private constructor(
    readonly sink: Sink,
    private readonly options: RecorderOptions,
  ) {}

  /** The one of a sink, however many shields use it; the first one's options hold. */
  static of(sink: Sink, options: RecorderOptions): Recorder {
    let recorder = recorders.get(sink);
    if (recorder === undefined) recorders.set(sink, (recorder = new Recorder(sink, options)));
    recorder.users++;
    return recorder;
  }

  /** The last one closes the sink. */
  async release(): Promise<void> {
    if (--this.users > 0) return;
    recorders.delete(this.sink);
    clearTimeout(this.timer);
    await this.working;
    await this.sink.close();
  }

  /** False if there is too much in hand already; else `leave` has to follow. */
  enter(bytes: number): boolean {
    if (this.calls >= shieldCallsMax || (this.calls > 0 && this.bytes + bytes > shieldBytesMax)) return false;
    this.calls++;
    this.bytes += bytes;
    return true;
  }

  leave(bytes: number): void {
    this.calls--;
    this.bytes -= bytes;
  }

  /** `undefined`: it could not be recorded, so whatever was decided must not be acted upon. */
  record(one: ToRecord): Promise<Recorded | undefined> {
    return new Promise((resolve) => {
      this.judging = one.judging;
      this.waiting.push({ ...one, resolve });
      this.working ??= this.work();
    });
  }

  /** Throws what the sink throws: for a start that wants to know. */
  async open(judging: Judging): Promise<void> {
    await this.working;
    this.judging ??= judging;
    await this.stand();
    this.later();
  }

  private async work(): Promise<void> {
    // What comes in the same turn goes into the same window.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const taken = this.take();
      let recorded: readonly Recorded[] = [];
      try {
        recorded = await this.write(taken);
      } catch (error) {
        this.standing = undefined;
        this.options.onFault?.(error instanceof SluiceError ? error.code : 'SINK_FAILED');
      }
      taken.forEach(({ resolve }, i) => void resolve(recorded[i]));
    }
    this.working = undefined;
    this.later();
  }

  /** What nobody has decided about in time ends by itself, with an audit entry. */
  private later(): void {
    const { standing, judging } = this;
    clearTimeout(this.timer);
    if (standing === undefined || judging === undefined || this.users <= 0) return;
    const inMs = standing.sessions.lapses() - Date.now();
    if (inMs === Number.POSITIVE_INFINITY) return;
    this.timer = setTimeout(() => this.end(standing, judging), Math.min(Math.max(inMs, 0), approvalMs) + LAPSE_MS);
    this.timer.unref();
  }

  private end({ sessions }: Standing, judging: Judging): void {
    const now = Date.now();
    const record = { timestamp: now, key: null, value: null, headers: [] };
    for (const one of sessions.lapsed(now)) {
      const { tenant, surface } = one.about;
      const verdict = decidedBefore('approval-expired', tenant, surface);
      void this.record({ record, verdict, judging, grant: { v: 1, ...expiryOf(one) } });
    }
    if (this.working === undefined) this.later();
  }

  /** The first ones that were judged by the same plan, up to the bounds of a transaction. */
  private take(): readonly Waiting[] {
    const { judging } = this.waiting[0];
    let bytes = 0;
    let count = 0;
    for (const one of this.waiting) {
      bytes += bytesOfRecord({ ...one.record, offset: 0 });
      if (count > 0 && (one.judging !== judging || bytes > transactionBytesMax || count === transactionRecordsMax))
        break;
      count++;
    }
    return this.waiting.splice(0, count);
  }

  private async stand(): Promise<Standing> {
    const { sink } = this;
    const { msMax } = this.options;
    if (this.standing !== undefined) return this.standing;
    const place = await within(msMax, sink.open());
    return (this.standing = { place, sessions: new Sessions(place.state), next: place.next });
  }

  private async write(taken: readonly Waiting[]): Promise<readonly Recorded[]> {
    const { sink } = this;
    const { msMax } = this.options;
    const standing = await this.stand();
    const { place, sessions, next: first } = standing;
    const { plan, pool, quarantine } = taken[0].judging;
    const { topic, partition } = place;
    const judged = taken.map(({ record, verdict, grant }, i) => {
      const numbered = { ...record, offset: first + i };
      return { record: numbered, plan, verdict, ...(grant && { grant }) };
    });
    const { topics } = sink;
    const window = buildWindow(
      judged,
      first,
      first - 1,
      sessions,
      { engine: pool.engine.slice(0, 16), topics, quarantine, recordBytesMax: sink.recordBytesMax, topic, partition },
      Date.now(),
    );
    const { next, sends } = window.work;
    // The outcome is what the call returns.
    const kept = sends.filter((send) => send.topic !== outcomeTopic(topics, topic));
    await within(msMax, sink.write({ place, first, next, sends: kept }));
    applyWindow(window, sessions);
    standing.next = next;
    const raised = new Map<string, string[]>();
    for (const { source, rule } of window.tally.incidents) {
      const id = incidentId(source, rule);
      const others = raised.get(source);
      if (others === undefined) raised.set(source, [id]);
      else others.push(id);
    }
    return window.tally.judged.map(({ verdict }, i) => {
      const id = sourceName({ topic, partition, offset: first + i });
      return { id, verdict, facts: factsOf(verdict), incidents: raised.get(id) ?? [] };
    });
  }
}
