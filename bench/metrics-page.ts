/** A gate's own page of metrics, read at most once a second: how many records it has judged, and what memory it takes. */
import { median } from './harness.js';

const SAMPLE_MS = 1_000;
/** Samples before this share of the time are of a process that still grows into its work. */
const WARM_SHARE = 0.2;

export class MetricsPage {
  judged = 0;
  private readonly rssMb: number[] = [];
  private at = 0;

  constructor(private readonly port: number) {}

  async look(): Promise<void> {
    if (Date.now() - this.at < SAMPLE_MS) return;
    this.at = Date.now();
    const page = await fetch(`http://127.0.0.1:${this.port}/metrics`).then(
      (response) => response.text(),
      () => '', // Not up yet.
    );
    const sum = (name: string): number =>
      [...page.matchAll(new RegExp(`^${name}(?:\\{.*\\})? ([\\d.e+]+)$`, 'gm'))].reduce(
        (all, [, value]) => all + Number(value),
        0,
      );
    this.judged = sum('sluice_messages_total');
    const rss = sum('sluice_process_resident_memory_bytes');
    if (rss > 0) this.rssMb.push(rss / 2 ** 20);
  }

  figures(): Record<string, number> {
    const warm = this.rssMb.slice(Math.floor(this.rssMb.length * WARM_SHARE));
    const quarter = Math.max(1, Math.floor(warm.length / 4));
    const first = median(warm.slice(0, quarter));
    const last = median(warm.slice(-quarter));
    return { soak_rss_mb: Math.max(...this.rssMb), soak_rss_growth: last / first };
  }
}
