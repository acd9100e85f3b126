/** A histogram that costs one addition: counted where things happen, read by prom-client when somebody asks. */

/** Upper bounds for what a batch or a transaction spends in one place, in seconds. */
export const STAGE_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

export class Buckets {
  readonly counts: Float64Array;
  sum = 0;
  count = 0;

  /** `bounds` ascending; what is above the last is counted too. */
  constructor(readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
  }

  /** What was counted elsewhere. */
  static of(bounds: readonly number[], counts: readonly number[], sum: number): Buckets {
    const buckets = new Buckets(bounds);
    buckets.counts.set(counts);
    buckets.sum = sum;
    buckets.count = counts.reduce((all, one) => all + one, 0);
    return buckets;
  }

  observe(value: number): void {
    let i = 0;
    while (i < this.bounds.length && value > this.bounds[i]) i++;
    this.counts[i]++;
    this.sum += value;
    this.count++;
  }

  /** The value below which a share of the observations lies, by interpolation within a bucket. */
  quantile(share: number): number {
    let left = share * this.count;
    for (let i = 0; i < this.counts.length; i++) {
      if (left > this.counts[i] || this.counts[i] === 0) {
        left -= this.counts[i];
        continue;
      }
      const from = i === 0 ? 0 : this.bounds[i - 1];
      const to = this.bounds[Math.min(i, this.bounds.length - 1)];
      return from + ((to - from) * left) / this.counts[i];
    }
    return 0;
  }
}
