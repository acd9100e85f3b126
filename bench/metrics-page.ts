/** A gate's own page of metrics, read at most once a second: how many records it has judged, and what memory it takes. */
import { median } from './harness.js';

const SAMPLE_MS = 1_000;
/** Until then a process still grows into its work: a share of the time, and no less than a minute and a half of samples. */
const WARM_SHARE = 0.2;
const WARM_SAMPLES_MIN = 90;
/** With fewer than these behind it, nothing can be said of growth. */
const SAMPLES_MIN = 20;

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
    const rss = { soak_rss_mb: Math.max(...this.rssMb) };
    const warm = this.rssMb.slice(Math.max(WARM_SAMPLES_MIN, Math.floor(this.rssMb.length * WARM_SHARE)));
    if (warm.length < SAMPLES_MIN) return rss;
    const quarter = Math.floor(warm.length / 4);
    const first = median(warm.slice(0, quarter));
    const last = median(warm.slice(-quarter));
    return { ...rss, soak_rss_growth: last / first };
  }
}
