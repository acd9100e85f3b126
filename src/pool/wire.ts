/** Tasks into a frame and out of it, verdicts into a frame and out of it: see frame.ts for how a frame is laid out. */
import { SURFACES, type Task } from '../message.js';
import { OUTCOMES, REASON_NAMES, type Verdict } from '../verdict.js';
import { Frame, OpenedFrame, Row, rounded, type Terms } from './frame.js';
import { WireError } from './wire-error.js';
import { bytesOfHeaders, readHeaders } from './wire-headers.js';
import { checkVerdict } from './wire-verdict.js';

export interface Requests extends Terms {
  readonly now: number;
  readonly tasks: readonly Task[];
  /** Two words for each task. */
  readonly hashes: Uint32Array;
}

export function packTasks(
  terms: Terms,
  now: number,
  tasks: readonly Task[],
): { frame: ArrayBuffer; hashes: Uint32Array } {
  const frame = new Frame(terms, now, tasks.length, sum(tasks, bytesOfTask));
  const hashes = new Uint32Array(tasks.length * 2);
  tasks.forEach((task, i) => {
    const row = frame.begin(i);
    frame.words[row + Row.State] = SURFACES.indexOf(task.surface);
    frame.put(row + Row.Key, task.key);
    frame.put(row + Row.Value, task.value);
    frame.putHeaders(row + Row.Headers, task.headers.length === 0 ? undefined : task.headers);
    frame.put(row + Row.Facts, approvalOf(task));
    frame.end(row, Row.Hash);
    hashes[2 * i] = frame.words[row + Row.Hash];
    hashes[2 * i + 1] = frame.words[row + Row.Hash2];
  });
  return { frame: frame.close(), hashes };
}

export function unpackTasks(buffer: ArrayBuffer): Requests {
  const frame = new OpenedFrame(buffer);
  const hashes = new Uint32Array(frame.count * 2);
  const tasks = Array.from({ length: frame.count }, (_, i): Task => {
    const row = frame.row(i, Row.Hash);
    hashes.set([frame.words[row + Row.Hash], frame.words[row + Row.Hash2]], 2 * i);
    const surface = SURFACES[frame.words[row + Row.State]];
    if (surface === undefined) throw new WireError('surface');
    const headers = frame.take(row + Row.Headers, 2);
    const approved = frame.take(row + Row.Facts, 3);
    return {
      surface,
      key: frame.take(row + Row.Key, 0),
      value: frame.take(row + Row.Value, 1),
      headers: headers === null ? [] : readHeaders(headers),
      ...(approved !== null && { approved: JSON.parse(approved.toString()) as readonly string[] }),
    };
  });
  return { ...frame.terms, now: frame.now, tasks, hashes };
}

export function packVerdicts(terms: Terms, hashes: Uint32Array, verdicts: readonly Verdict[]): ArrayBuffer {
  const frame = new Frame(terms, 0, verdicts.length, sum(verdicts, bytesOfVerdict));
  verdicts.forEach((verdict, i) => {
    const row = frame.begin(i);
    frame.words[row + Row.Hash] = hashes[2 * i];
    frame.words[row + Row.Hash2] = hashes[2 * i + 1];
    frame.words[row + Row.State] = OUTCOMES.indexOf(verdict.outcome) | (REASON_NAMES.indexOf(verdict.reason) << 8);
    frame.put(row + Row.Key, verdict.key);
    frame.put(row + Row.Value, verdict.value);
    frame.putHeaders(row + Row.Headers, verdict.headers);
    frame.putText(row + Row.Facts, verdict.facts);
    frame.end(row, Row.Sum);
  });
  return frame.close();
}

/** Verdicts for exactly the tasks that were asked about, or a WireError: there is no verdict in part. `ruled`: by a plan with rules. */
export function unpackVerdicts(
  buffer: ArrayBuffer,
  asked: Terms,
  hashes: Uint32Array,
  tasks: readonly Pick<Task, 'surface' | 'value'>[],
  ruled = false,
): readonly Verdict[] {
  const frame = new OpenedFrame(buffer);
  const { batch, plan, engine, directory, rosters } = frame.terms;
  if (batch !== asked.batch) throw new WireError('batch');
  if (plan !== asked.plan) throw new WireError('plan');
  if (engine !== asked.engine) throw new WireError('engine');
  if (directory !== asked.directory) throw new WireError('directory');
  if (rosters !== asked.rosters) throw new WireError('rosters');
  if (frame.count !== hashes.length / 2 || frame.count !== tasks.length) throw new WireError('count');
  return Array.from({ length: frame.count }, (_, i): Verdict => {
    const row = frame.row(i, Row.Sum);
    if (frame.words[row + Row.Hash] !== hashes[2 * i] || frame.words[row + Row.Hash2] !== hashes[2 * i + 1]) {
      throw new WireError('input hash');
    }
    const state = frame.words[row + Row.State];
    const outcome = OUTCOMES[state & 0xff];
    const reason = REASON_NAMES[state >>> 8];
    const key = frame.take(row + Row.Key, 0);
    const value = frame.take(row + Row.Value, 1);
    const headers = frame.take(row + Row.Headers, 2);
    const facts = frame.take(row + Row.Facts, 3);
    if (outcome === undefined || reason === undefined || facts === null) throw new WireError('state');
    const verdict: Verdict = {
      outcome,
      reason,
      facts: facts.toString(),
      ...(value === null ? {} : { value }),
      ...(key === null ? {} : { key }),
      ...(headers === null ? {} : { headers: readHeaders(headers) }),
    };
    checkVerdict(verdict, tasks[i], ruled);
    return verdict;
  });
}

/** Rare: of most tasks nothing is known beside them. */
function approvalOf({ approved }: Task): Buffer | undefined {
  return approved === undefined ? undefined : Buffer.from(JSON.stringify(approved));
}

function bytesOfTask(task: Task): number {
  const { key, value, headers } = task;
  const ofHeaders = headers.length === 0 ? 0 : bytesOfHeaders(headers);
  return rounded((key?.length ?? 0) + (value?.length ?? 0) + ofHeaders + (approvalOf(task)?.length ?? 0));
}

function bytesOfVerdict({ key, value, headers, facts }: Verdict): number {
  const ofHeaders = headers === undefined ? 0 : bytesOfHeaders(headers);
  return rounded((key?.length ?? 0) + (value?.length ?? 0) + ofHeaders + Buffer.byteLength(facts));
}

function sum<T>(list: readonly T[], of: (one: T) => number): number {
  return list.reduce((total, one) => total + of(one), 0);
}
