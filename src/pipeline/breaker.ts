/**
 * Keeps a fault of ours from sending the whole stream to quarantine: when too large a share of the last records could not
 * be scanned, consumption pauses, and goes on a few records at a time until the share has fallen again.
 */
import { breakerRecordsMin, breakerWindow } from '../limits.js';

const PAUSE_MS_MIN = 1_000;
const PAUSE_MS_MAX = 60_000;
/** Records that are let through after a pause, to see how it goes. */
const PROBE_RECORDS = 50;
/** Records of one transaction that may go to quarantine: so many are gone, at most, before the share is looked at again. */
export const windowFailuresMax = breakerRecordsMin;

export class Breaker {
  private readonly ring = new Uint8Array(breakerWindow);
  private at = 0;
  private filled = 0;
  private failures = 0;
  private pauseMs = 0;

  /** `shareMax` of 1 never trips. */
  constructor(private readonly shareMax: number) {}

  /** How long to wait before the next transaction, and how many records it may have at most. */
  get limit(): { readonly pauseMs: number; readonly recordsMax: number } {
    return { pauseMs: this.pauseMs, recordsMax: this.pauseMs === 0 ? Number.POSITIVE_INFINITY : PROBE_RECORDS };
  }

  get tripped(): boolean {
    return this.pauseMs > 0;
  }

  get share(): number {
    return this.filled === 0 ? 0 : this.failures / this.filled;
  }

  /**
   * Takes in a committed transaction, its failures spread evenly over it: of one that is larger than the ring the share
   * stays, whichever part is still in it. True when this tripped or mended it.
   */
  record(scanned: number, failed: number): boolean {
    const before = this.tripped;
    const records = scanned + failed;
    for (let i = 0, due = 0; i < records; i++) {
      due += failed;
      this.push(due >= records ? 1 : 0);
      if (due >= records) due -= records;
    }
    if (this.filled < breakerRecordsMin || this.share <= this.shareMax) this.pauseMs = 0;
    else this.pauseMs = Math.min(PAUSE_MS_MAX, Math.max(PAUSE_MS_MIN, this.pauseMs * 2));
    return this.tripped !== before;
  }

  private push(failed: 0 | 1): void {
    this.failures += failed - this.ring[this.at];
    this.ring[this.at] = failed;
    this.at = (this.at + 1) % breakerWindow;
    this.filled = Math.min(this.filled + 1, breakerWindow);
  }
}
