/**
 * The work on one job, the same in a thread and without: decode, scan, and write what is to be printed. Pure apart from
 * the engine's own memory. What cannot be scanned becomes a failure and prints nothing of itself.
 */

import { createEngine, type Engine, type RedactResult } from '../../engine/engine.js';
import type { Finding } from '../../engine/finding.js';
import type { Json } from '../../engine/object.js';
import { Failed, type Failure, failureOf } from '../failure.js';
import { findingRows } from './finding-rows.js';
import type { Counts, Job, Piece, PieceResult } from './job.js';
import type { Plan } from './options.js';
import { failedRecord, NO_ID, readRecord, writeRecord } from './record.js';
import { decode } from './utf8.js';

export type Work = (job: Job) => PieceResult[];

export interface Examined {
  readonly findings: readonly Finding[];
  readonly content: string;
}

const BOM = '\ufeff';
const LINE_BREAK = 0x0a;

export function createWork(plan: Plan): Work {
  const { style, key, categories, profile, confidenceMin } = plan;
  const engine = createEngine({
    style,
    categories,
    profile,
    ...(key === undefined ? {} : { key }),
    ...(confidenceMin === undefined ? {} : { confidenceMin }),
  });
  return ({ bytes, pieces }) => pieces.map((piece) => new PieceWork(plan, engine, piece).run(bytes));
}

class PieceWork {
  private out = '';
  private documents = 0;
  private readonly counts: Counts = {};
  private readonly failures: Failure[] = [];

  constructor(
    private readonly plan: Plan,
    private readonly engine: Engine,
    private readonly piece: Piece,
  ) {}

  run(jobBytes: Uint8Array): PieceResult {
    const { file, from, to, reading, failure, line } = this.piece;
    const bytes = jobBytes.subarray(from, to);
    if (failure !== undefined) this.fail(failure, line === 0 ? undefined : line, NO_ID);
    else if (reading === 'document') this.attempt(undefined, () => this.document(decode(bytes), 1));
    else this.lines(bytes);
    return {
      file,
      out: this.out,
      documents: this.documents,
      bytes: to - from,
      counts: this.counts,
      failures: this.failures,
    };
  }

  /** All lines are decoded at once; only if that fails, one by one, to find the line. */
  private lines(bytes: Uint8Array): void {
    let { line } = this.piece;
    let whole: string | undefined;
    try {
      whole = decode(bytes);
    } catch {
      // The line that is at fault says so below.
    }
    if (whole !== undefined) {
      for (const text of linesOf(whole)) {
        const number = line++;
        this.attempt(number, () => this.line(text, number));
      }
      return;
    }
    for (let from = 0; from < bytes.length; ) {
      const feed = bytes.indexOf(LINE_BREAK, from);
      const to = feed < 0 ? bytes.length : feed + 1;
      const slice = bytes.subarray(from, to);
      const number = line++;
      this.attempt(number, () => this.line(decode(slice), number));
      from = to;
    }
  }

  private line(text: string, number: number): void {
    if (this.piece.reading === 'records') this.record(text, number);
    else this.document(text, number);
  }

  private document(text: string, line: number): void {
    const examined = this.examine(text);
    if (this.plan.output === 'redacted') this.out += examined.content;
    if (this.plan.output === 'findings')
      this.out += findingRows(this.plan, this.piece.file, line, text, examined.findings);
  }

  private record(text: string, line: number): void {
    const json = line === 1 && text.startsWith(BOM) ? text.slice(1) : text;
    if (json.trim() === '') return;
    const record = readRecord(json);
    if (record.failure !== undefined) {
      this.fail(record.failure, line, record.id);
      return;
    }
    try {
      const examined = this.examine(record.text);
      if (this.plan.output === 'redacted') this.out += writeRecord(this.plan, record, examined);
    } catch (error) {
      this.fail(failureOf(error), line, record.id);
    }
  }

  /** A byte order mark would hide that a text is JSON: the engine does not see it. */
  private examine(text: string): Examined {
    const { plan } = this;
    const marked = text.startsWith(BOM);
    const body = marked ? text.slice(1) : text;
    const context = { tenant: plan.tenant };
    const redacting = plan.output === 'redacted' && (this.piece.reading !== 'records' || plan.textInRecords);
    const result: RedactResult<Json> = redacting
      ? this.engine.redact(body, context)
      : { ...this.engine.scan(body, context), content: '' };
    if (plan.strictJson && result.format !== 'json') throw new Failed({ code: 'INPUT_NOT_JSON' });
    this.documents++;
    for (const { category } of result.findings) this.counts[category] = (this.counts[category] ?? 0) + 1;
    const content = String(result.content);
    if (!marked) return { findings: result.findings, content };
    const findings = result.findings.map((finding) => ({ ...finding, start: finding.start + 1, end: finding.end + 1 }));
    return { findings, content: BOM + content };
  }

  private attempt(line: number | undefined, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(failureOf(error), line, NO_ID);
    }
  }

  /** Nothing is lost without a trace: a record that failed is still a record, with its code. */
  private fail(failure: Failure, line: number | undefined, id: string): void {
    const { file, reading } = this.piece;
    this.failures.push({ ...failure, file, line });
    const isRecord = reading === 'records' && line !== undefined;
    if (isRecord && this.plan.output === 'redacted') this.out += failedRecord(id, failure.code);
  }
}

/** Lines with their line breaks, so that put together again they are the text. */
function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from);
    const to = feed < 0 ? text.length : feed + 1;
    yield text.slice(from, to);
    from = to;
  }
}
