/** Counts by file and in all, for `--report` and the exit code, and the lines that show them. */
import { CATEGORIES } from '../../../detectors/contract.js';
import { inkOf, lookOf } from '../ink.js';
import type { Counts, PieceResult } from './job.js';
import type { Plan } from './options.js';

interface FileTally {
  readonly file: string;
  documents: number;
  bytes: number;
  failed: number;
  readonly counts: Counts;
}

const WIDTHS = { file: 36, bytes: 9, found: 7 };
const BAR_WIDTH = 24;
/** What stands before a bar. */
const BAR_INDENT = 23;

export class Report {
  private readonly total: FileTally = { file: '', documents: 0, bytes: 0, failed: 0, counts: {} };
  private current: FileTally | undefined;
  private files = 0;

  constructor(private readonly plan: Plan) {}

  get found(): number {
    return sum(this.total.counts);
  }

  get failed(): number {
    return this.total.failed;
  }

  get bytes(): number {
    return this.total.bytes;
  }

  /** Takes a result in; returns the line of the file before, once the next begins. */
  add(result: PieceResult): string {
    let line = '';
    if (this.current?.file !== result.file) {
      line = this.closeFile();
      this.current = { file: result.file, documents: 0, bytes: 0, failed: 0, counts: {} };
      this.files++;
    }
    for (const tally of [this.total, this.current]) {
      tally.documents += result.documents;
      tally.bytes += result.bytes;
      tally.failed += result.failures.length;
      for (const category of CATEGORIES) {
        const count = result.counts[category];
        if (count !== undefined) tally.counts[category] = (tally.counts[category] ?? 0) + count;
      }
    }
    return line;
  }

  header(): string {
    const titles = ['FILE'.padEnd(WIDTHS.file), 'SIZE'.padStart(WIDTHS.bytes), 'FOUND'.padStart(WIDTHS.found), ' WHAT'];
    return this.plan.json ? '' : `${inkOf(this.plan.colour)(titles.join(' '), 'dim')}\n`;
  }

  closeFile(): string {
    const tally = this.current;
    if (tally === undefined) return '';
    const { file, documents, bytes, failed, counts } = tally;
    if (this.plan.json) {
      return `${JSON.stringify({ file, documents, bytes, findings: sum(counts), categories: ordered(counts), failed })}\n`;
    }
    const ink = inkOf(this.plan.colour);
    const what = Object.entries(ordered(counts)).map(([category, count]) => `${category} ${count}`);
    if (failed > 0) what.push(ink(`${failed} not scanned`, 'red'));
    const size = sizeOf(bytes).padStart(WIDTHS.bytes);
    const found = String(sum(counts)).padStart(WIDTHS.found);
    return `${file.padEnd(WIDTHS.file)} ${size} ${found}  ${what.join(', ')}`.trimEnd().concat('\n');
  }

  summary(seconds: number): string {
    const { documents, bytes, failed, counts } = this.total;
    if (this.plan.json) {
      const speed = { seconds: round(seconds), megabytesPerSecond: round(bytes / 1e6 / seconds) };
      const found = { findings: sum(counts), categories: ordered(counts), failed };
      return `${JSON.stringify({ files: this.files, documents, bytes, ...found, ...speed })}\n`;
    }
    const ink = inkOf(this.plan.colour);
    const files = `${plural(this.files, 'file')}${documents > this.files ? `, ${plural(documents, 'document')}` : ''}`;
    const speed = `${sizeOf(bytes)} in ${seconds.toFixed(2)} s, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s`;
    const missed = failed === 0 ? '' : ink(`${failed} could not be scanned: see the errors\n`, 'red');
    return `\n${files}, ${ink(plural(sum(counts), 'identifier'), 'bold')} (${speed})\n${bars(counts, this.plan.colour)}${missed}`;
  }
}

/** A bar for each category that was found, in statute order; `width` is the terminal's. */
export function bars(counts: Counts, colour: boolean, width = 80): string {
  const ink = inkOf(colour);
  const longest = Math.min(BAR_WIDTH, width - BAR_INDENT);
  const most = Math.max(1, ...Object.values(counts));
  return CATEGORIES.filter((category) => (counts[category] ?? 0) > 0)
    .map((category) => {
      const count = counts[category] ?? 0;
      const bar = '█'.repeat(Math.max(1, Math.round((count / most) * longest)));
      return `  ${category.padEnd(12)}${String(count).padStart(7)}  ${ink(bar, lookOf(category))}\n`;
    })
    .join('');
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function ordered(counts: Counts): Counts {
  return Object.fromEntries(
    CATEGORIES.filter((category) => counts[category]).map((category) => [category, counts[category]]),
  );
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 1000) / 1000 : 0;
}
