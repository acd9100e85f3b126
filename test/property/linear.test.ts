/**
 * Linear time on hostile input: twice the text costs at most 2.3 times the token visits of any detector, and the same in
 * time for the whole engine, over two doublings (best of five). Baits are near misses of what detectors look for, repeated.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Detector, Doc } from '../../detectors/contract.js';
import { detectors } from '../../detectors/index.js';
import { cueAt } from '../../detectors/kit/code/cue.js';
import { Spans } from '../../src/engine/spans.js';
import { createEngine, type Engine, SluiceError } from '../../src/index.js';
import { stage } from '../kit/stages.js';
import { BAITS } from '../kit/texts.js';

const RATIO_MAX = 2.3;
const UNITS = 2048;
/** Below this many visits the ratio says nothing. */
const VISITS_MIN = 2000;
/** Large enough that neither text fits the processor's near caches: a step in memory is no step in work. */
const TIME_UNITS = 1 << 16;
/**
 * By the clock, over two doublings: caches, garbage collection and a busy machine cost more than visits do; quadratic time
 * would show as 16.
 */
const TIME_RATIO_MAX = 8;
/** Rounds of five runs each, until the ratio holds. */
const ROUNDS_MAX = 6;
/** Below this many milliseconds the clock says nothing. */
const TIME_MS_MIN = 4;

describe('token visits double with the text', () => {
  for (const detector of detectors) {
    it(detector.category, () => {
      for (const bait of BAITS) {
        const once = visits(detector, fill(bait, UNITS));
        const twice = visits(detector, fill(bait, 2 * UNITS));
        if (twice < VISITS_MIN) continue;
        assert.ok(twice / once <= RATIO_MAX, `${JSON.stringify(bait)}: ${once} visits, then ${twice}`);
      }
    });
  }
});

describe('time doubles with the text, twice over', () => {
  it('engine, every bait', () => {
    const engine = createEngine();
    for (const bait of BAITS) {
      const once = fill(bait, TIME_UNITS);
      const fourfold = fill(bait, 4 * TIME_UNITS);
      // A busy machine slows some runs, never speeds one up: the best of each so far is what counts, over several rounds.
      let first = Infinity;
      let second = Infinity;
      let ratio = Infinity;
      for (let round = 0; round < ROUNDS_MAX && ratio > TIME_RATIO_MAX; round++) {
        first = Math.min(
          first,
          best(() => verdict(engine, once)),
        );
        second = Math.min(
          second,
          best(() => verdict(engine, fourfold)),
        );
        ratio = second < TIME_MS_MIN ? 0 : second / first;
      }
      assert.ok(ratio <= TIME_RATIO_MAX, `${JSON.stringify(bait)}: ${ratio.toFixed(2)} times the time`);
    }
  });
});

/** A coded error (JSON nested too deep) is a verdict too, if it comes in time. */
function verdict(engine: Engine, text: string): void {
  try {
    engine.redact(text);
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
  }
}

function fill(bait: string, units: number): string {
  return bait.repeat(Math.ceil(units / bait.length)).slice(0, units);
}

/** Milliseconds of processor time: what other processes do on the machine does not count. */
function best(run: () => unknown): number {
  let least = Infinity;
  for (let i = 0; i < 5; i++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** How often a detector, called at every token, reads an element of the document's arrays. */
function visits(detector: Detector, text: string): number {
  const { arena } = stage(text);
  let count = 0;
  const counted = new Map<object, object>();
  const counting = <T extends object>(array: T): T => {
    let proxy = counted.get(array);
    if (proxy === undefined) {
      proxy = new Proxy(array, {
        get(target, property) {
          count++;
          const value = Reflect.get(target, property, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      counted.set(array, proxy);
    }
    return proxy as T;
  };
  const doc: Doc = {
    text: counting(arena.text),
    length: arena.length,
    count: arena.count,
    start: counting(arena.start),
    end: counting(arena.end),
    shape: counting(arena.shape),
    gap: counting(arena.gap),
    hash: counting(arena.hash),
    lex: counting(arena.lex),
    label: counting(arena.label),
    owner: counting(arena.owner),
    value: counting(arena.value),
    flags: counting(arena.flags),
    cue: counting(arena.cue),
    cueStart: counting(arena.cueStart),
    cueEnd: counting(arena.cueEnd),
    cueProof: counting(arena.cueProof),
    tags: counting(arena.tags),
    sure: counting(arena.sure),
    labels: arena.labels,
    year: arena.year,
  };
  const spans = new Spans();
  for (let t = 0; t < arena.count; t++) {
    cueAt(doc, t);
    detector.read(doc, t, spans.emit);
  }
  return count;
}
