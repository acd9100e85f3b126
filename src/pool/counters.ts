/**
 * Counters and histograms in shared memory: worker threads add to them, the metrics page reads them. Nobody sends a message
 * for a number.
 */
import { Buckets, STAGE_SECONDS } from '../telemetry/buckets.js';

const COUNTERS = ['records', 'bytes'] as const;
export type Counter = (typeof COUNTERS)[number];

/** What a thread does with a pack, one after the other. */
const STAGES = ['unpack', 'judge', 'pack'] as const;
export type ThreadStage = (typeof STAGES)[number];

/** Of a stage: each bucket, what is above the last, and the microseconds together. */
const STAGE_CELLS = STAGE_SECONDS.length + 2;

export interface Counts {
  readonly counters: Readonly<Record<Counter, number>>;
  readonly stages: ReadonlyMap<ThreadStage, Buckets>;
}

export function newCounters(): SharedArrayBuffer {
  return new SharedArrayBuffer((COUNTERS.length + STAGES.length * STAGE_CELLS) * BigInt64Array.BYTES_PER_ELEMENT);
}

export function count(shared: BigInt64Array, counter: Counter, by: number): void {
  Atomics.add(shared, COUNTERS.indexOf(counter), BigInt(by));
}

export function observe(shared: BigInt64Array, stage: ThreadStage, ms: number): void {
  const at = cellsOf(stage);
  let bucket = 0;
  while (bucket < STAGE_SECONDS.length && ms > STAGE_SECONDS[bucket] * 1000) bucket++;
  Atomics.add(shared, at + bucket, 1n);
  Atomics.add(shared, at + STAGE_CELLS - 1, BigInt(Math.round(ms * 1000)));
}

export function readCounters(buffer: SharedArrayBuffer): Counts {
  const shared = new BigInt64Array(buffer);
  const cells = Array.from(shared, (_, i) => Number(Atomics.load(shared, i)));
  const stages = STAGES.map((stage) => {
    const at = cellsOf(stage);
    const counts = cells.slice(at, at + STAGE_CELLS - 1);
    return [stage, Buckets.of(STAGE_SECONDS, counts, cells[at + STAGE_CELLS - 1] / 1e6)] as const;
  });
  return { counters: { records: cells[0], bytes: cells[1] }, stages: new Map(stages) };
}

function cellsOf(stage: ThreadStage): number {
  return COUNTERS.length + STAGES.indexOf(stage) * STAGE_CELLS;
}
