/** The spans that detectors report for one document: positions in typed arrays, rules beside them. */
import type { Emit, Rule } from '../../detectors/contract.js';
import { SluiceError } from '../errors.js';
import { findingsMax } from '../limits.js';

export class Spans {
  count = 0;
  start = new Uint32Array(256);
  end = new Uint32Array(256);
  confidence = new Float64Array(256);
  rule: Rule[] = [];

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

  private grow(): void {
    const room = this.start.length * 2;
    if (room > 2 * findingsMax) throw new SluiceError('FINDINGS_TOO_MANY');
    const start = new Uint32Array(room);
    const end = new Uint32Array(room);
    const confidence = new Float64Array(room);
    start.set(this.start);
    end.set(this.end);
    confidence.set(this.confidence);
    this.start = start;
    this.end = end;
    this.confidence = confidence;
  }

  clear(): void {
    this.count = 0;
    if (this.start.length <= 1 << 16) return;
    this.start = new Uint32Array(256);
    this.end = new Uint32Array(256);
    this.confidence = new Float64Array(256);
    this.rule = [];
  }
}
