/** Cuts a list of messages into packs for a worker: by bytes and by count; a large message travels alone. */
import { packBytesMax, packRecordsMax } from '../limits.js';
import type { Task } from '../message.js';

/** How packs travel. */
export interface Shape {
  readonly recordsPerPack: number;
  readonly packsPerThread: number;
  readonly atomics: 'sync' | 'async' | 'disabled';
}

/** Two packs at a thread: one that is worked on, one that waits beside it, so that no thread waits for the main one. */
export const SHAPE: Shape = { recordsPerPack: packRecordsMax, packsPerThread: 2, atomics: 'disabled' };

/** From and to, exclusive. */
export type Range = readonly [from: number, to: number];

export function packsOf(tasks: readonly Task[], recordsMax = packRecordsMax): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  let bytes = 0;
  tasks.forEach(({ value, key }, i) => {
    const size = (value?.length ?? 0) + (key?.length ?? 0);
    if (i > from && (bytes + size > packBytesMax || i - from >= recordsMax)) {
      ranges.push([from, i]);
      from = i;
      bytes = 0;
    }
    bytes += size;
  });
  if (tasks.length > from) ranges.push([from, tasks.length]);
  return ranges;
}

/** A pack that failed, in smaller ones: around the message that the worker was at, or in halves. */
export function split([from, to]: Range, suspect: number | undefined): Range[] {
  const middle = from + Math.ceil((to - from) / 2);
  const parts: Range[] =
    suspect === undefined
      ? [
          [from, middle],
          [middle, to],
        ]
      : [
          [from, suspect],
          [suspect, suspect + 1],
          [suspect + 1, to],
        ];
  return parts.filter(([a, b]) => b > a);
}
