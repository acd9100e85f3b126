/** The spans that detectors report for one document: positions in typed arrays, rules beside them. */
import type { Emit, Rule } from '../../detectors/contract.js';
import { SluiceError } from '../errors.js';
import { findingsMax } from '../limits.js';

/** Places that a span may move on average before the general sort takes over. */
const MOVES_MAX = 64;

export class Spans {
  count = 0;
  start = new Int32Array(256);
  end = new Int32Array(256);
  confidence = new Float64Array(256);
  rule: Rule[] = [];
  /** The first `sorted` spans in reading order: by start, then the longer, then the surer. */
  order = new Int32Array(256);
  sorted = 0;

  readonly emit: Emit = (start, end, rule, confidence) => {
    if (end <= start) return;
    const n = this.count;
    if (n === this.start.length) this.grow();
    this.start[n] = start;
    this.end[n] = end;
    this.confidence[n] = confidence ?? rule.confidence;
    this.rule[n] = rule;
    this.count = n + 1;
  };

  /**
   * Brings all spans into order. Detectors report from left to right and reach back a few tokens at most, so that moving
   * each into place costs little; where that does not hold, a general sort takes over.
   */
  sort(): void {
    const { count, order, start } = this;
    let moves = 0;
    for (let i = 0; i < count; i++) {
      const from = start[i];
      let at = i;
      for (; at > 0; at--) {
        const other = order[at - 1];
        if (start[other] < from || (start[other] === from && !this.before(i, other))) break;
        order[at] = other;
        if (++moves > count * MOVES_MAX) {
          for (let k = 0; k < count; k++) order[k] = k;
          order.subarray(0, count).sort((a, b) => (this.before(a, b) ? -1 : this.before(b, a) ? 1 : a - b));
          this.sorted = count;
          return;
        }
      }
      order[at] = i;
    }
    this.sorted = count;
  }

  before(a: number, b: number): boolean {
    const { start, end, confidence } = this;
    if (start[a] !== start[b]) return start[a] < start[b];
    if (end[a] !== end[b]) return end[a] > end[b];
    return confidence[a] > confidence[b];
  }

  private grow(): void {
    const room = this.start.length * 2;
    if (room > 2 * findingsMax) throw new SluiceError('FINDINGS_TOO_MANY');
    const start = new Int32Array(room);
    const end = new Int32Array(room);
    const confidence = new Float64Array(room);
    start.set(this.start);
    end.set(this.end);
    confidence.set(this.confidence);
    this.start = start;
    this.end = end;
    this.confidence = confidence;
    this.order = new Int32Array(room);
  }

  clear(): void {
    this.count = 0;
    this.sorted = 0;
    if (this.start.length <= 1 << 16) return;
    this.start = new Int32Array(256);
    this.end = new Int32Array(256);
    this.confidence = new Float64Array(256);
    this.order = new Int32Array(256);
    this.rule = [];
  }
}
