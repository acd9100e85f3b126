/** `sluice scan`: jobs are read, worked on and printed in order, with no more of them in flight than threads can take. */
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { hasColour } from './ink.js';
import { help } from './scan/help.js';
import { bytesOf, type Skipped, STDIN } from './scan/inputs.js';
import type { PieceResult } from './scan/job.js';
import { makeJobs } from './scan/jobs.js';
import { readOptions, type ScanOptions } from './scan/options.js';
import { Output } from './scan/output.js';
import { Progress } from './scan/progress.js';
import { plural, Report } from './scan/report.js';
import { openWorkshop } from './scan/threads.js';

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const begun = performance.now();
  const options = readOptions(args, process.env, hasColour(process.stdout));
  const watched = process.stderr.isTTY === true && !options.quiet;
  const covers = process.stdout.isTTY === true && options.plan.output !== 'report';
  const report = new Report(options.plan);
  const progress = new Progress(watched && !covers, watched ? bytesOf(options.files) : undefined);
  const output = new Output(options, report, progress);
  const skipped: Skipped = { links: 0, binary: 0 };
  if (watched && process.stdin.isTTY && options.files.includes(STDIN))
    output.say('reading from the terminal; Ctrl-D ends the text');

  // Printed as soon as it is their turn: who feeds the pipe may be waiting for the answer.
  const printAfter = async (before: Promise<void>, submitted: Promise<readonly PieceResult[]>): Promise<void> => {
    const [results] = await Promise.all([submitted, before]);
    for (const result of results) await output.print(result);
    progress.update(report.bytes);
  };

  const workshop = await openWorkshop(options.plan, options.threads);
  try {
    const inFlight: Promise<void>[] = [];
    let printed = Promise.resolve();
    for await (const job of makeJobs(options.files, options.format, skipped)) {
      printed = printAfter(printed, workshop.submit(job));
      // A dead thread ends the run even while a pipe is silent; the error itself is met below.
      printed.catch(() => process.stdin.destroy());
      inFlight.push(printed);
      if (inFlight.length >= workshop.jobsMax) await inFlight.shift();
    }
    await printed;
  } finally {
    await workshop.close();
    progress.clear();
  }
  await output.finish((performance.now() - begun) / 1000);
  if (!options.quiet) for (const note of notes(options, report, skipped, watched)) output.say(note);
  if (report.failed > 0) return EXIT.failed;
  return options.failOnFindings && report.found > 0 ? EXIT.findings : EXIT.clean;
}

/** What was passed by is said: nobody may take it for clean. The count is for a person who watches. */
function notes({ plan }: ScanOptions, report: Report, skipped: Skipped, watched: boolean): string[] {
  const notes: string[] = [];
  if (skipped.binary > 0) notes.push(`passed by: ${plural(skipped.binary, 'binary file')}`);
  if (skipped.links > 0) notes.push(`passed by: ${plural(skipped.links, 'link')}`);
  if (watched && plan.output !== 'report') notes.push(`${plural(report.found, 'identifier')} found`);
  return notes;
}
