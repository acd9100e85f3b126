/** The bar on stderr for work that takes long enough to wonder about. A person's terminal only; a log never sees it. */
import { sizeOf } from './report.js';

const PATIENCE_MS = 1000;
const EVERY_MS = 100;
const BAR_WIDTH = 30;
const ERASE_LINE = '\r\x1b[K';

export class Progress {
  private readonly begun = performance.now();
  private next = this.begun + PATIENCE_MS;
  private shown = false;

  /** `total` is undefined where nobody knows it. */
  constructor(
    private readonly active: boolean,
    private readonly total: number | undefined,
  ) {}

  update(bytes: number): void {
    const now = performance.now();
    if (!this.active || now < this.next) return;
    this.next = now + EVERY_MS;
    this.shown = true;
    const speed = `${(bytes / 1e3 / (now - this.begun)).toFixed(1)} MB/s`;
    process.stderr.write(`${ERASE_LINE}${this.bar(bytes)}${sizeOf(bytes)} scanned, ${speed}`);
  }

  /** Takes the bar away, before something else is printed. */
  clear(): void {
    if (this.shown) process.stderr.write(ERASE_LINE);
    this.shown = false;
  }

  private bar(bytes: number): string {
    if (this.total === undefined || this.total === 0) return '';
    const part = Math.min(1, bytes / this.total);
    const full = Math.round(part * BAR_WIDTH);
    return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${String(Math.floor(part * 100)).padStart(3)} %  `;
  }
}
