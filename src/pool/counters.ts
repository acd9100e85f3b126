/** Counters in shared memory: worker threads add to them, the metrics page reads them. Nobody sends a message for a number. */

export const COUNTERS = ['records', 'bytes', 'judgeMicros', 'wireMicros'] as const;
export type Counter = (typeof COUNTERS)[number];

export function newCounters(): SharedArrayBuffer {
  return new SharedArrayBuffer(COUNTERS.length * BigInt64Array.BYTES_PER_ELEMENT);
}

export function count(counters: BigInt64Array, counter: Counter, by: number): void {
  Atomics.add(counters, COUNTERS.indexOf(counter), BigInt(Math.round(by)));
}

export function readCounters(buffer: SharedArrayBuffer): Readonly<Record<Counter, number>> {
  const counters = new BigInt64Array(buffer);
  return Object.fromEntries(COUNTERS.map((name, i) => [name, Number(Atomics.load(counters, i))])) as Record<
    Counter,
    number
  >;
}
