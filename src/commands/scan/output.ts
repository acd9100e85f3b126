/** Prints results in order: what was redacted or found to stdout, at the reader's pace; what failed to stderr. */
import { once } from 'node:events';
import { sentence } from '../failure.js';
import { inkLabels, inkOf } from '../ink.js';
import { shownName } from '../names.js';
import { findingHeader } from './finding-rows.js';
import { STDIN, STDIN_NAME } from './inputs.js';
import type { PieceResult } from './job.js';
import type { ScanOptions } from './options.js';
import type { Progress } from './progress.js';
import type { Report } from './report.js';

export class Output {
  private file: string | undefined;
  private begun = false;
  private lineEnded = true;

  constructor(
    private readonly options: ScanOptions,
    private readonly report: Report,
    private readonly progress: Progress,
  ) {}

  async print(result: PieceResult): Promise<void> {
    const { plan } = this.options;
    const row = this.report.add(result);
    for (const failure of result.failures) {
      const name = result.file === STDIN_NAME ? STDIN_NAME : await shownName(result.file);
      this.say(sentence(failure, name));
    }
    if (plan.output === 'report') await this.write(`${this.begun ? '' : this.report.header()}${row}`);
    else if (result.out === '') return;
    else if (plan.output === 'findings')
      await this.write(`${this.begun || plan.json ? '' : findingHeader(plan)}${result.out}`);
    else await this.write(`${this.separator(result.file)}${inkLabels(inkOf(plan.colour), result.out)}`);
    this.begun = true;
    this.file = result.file;
  }

  async finish(seconds: number): Promise<void> {
    if (this.options.plan.output === 'report') await this.write(this.report.closeFile() + this.report.summary(seconds));
    this.progress.clear();
  }

  /** A line for the person, not part of the output. */
  say(line: string): void {
    this.progress.clear();
    const feed = process.stdout.isTTY && !this.lineEnded ? '\n' : '';
    this.lineEnded ||= feed !== '';
    process.stderr.write(`${feed}sluice: ${line}\n`);
  }

  /** A file that does not end its last line must not run into the next; a terminal shows where each begins. */
  private separator(file: string): string {
    if (file === this.file) return '';
    const feed = this.lineEnded ? '' : '\n';
    const { files, plan } = this.options;
    const several = files.length > 1 || (files[0] !== file && files[0] !== STDIN);
    return plan.colour && several ? `${feed}${inkOf(true)(`==> ${file}`, 'dim')}\n` : feed;
  }

  private async write(text: string): Promise<void> {
    if (text === '') return;
    this.lineEnded = text.endsWith('\n');
    if (process.stdout.isTTY) this.progress.clear();
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  }
}
