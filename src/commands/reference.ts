/**
 * `sluice reference`: the reference page as Markdown, made from the tables that the program itself runs on, so that it
 * cannot say anything else than what the program does.
 */
import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { usage } from './failure.js';

const OPTIONS = { ...HELP } as const satisfies Options;

export const command: Command = {
  help: () => `sluice reference: every error code, category, rule and label, as Markdown

Usage: sluice reference > REFERENCE.md

${optionLines(OPTIONS)}
`,
  run,
};

async function run(args: readonly string[]): Promise<Exit> {
  if (readArguments(args, OPTIONS).positionals.length > 0) throw usage('reference takes no files');
  const { referencePage } = await import('./reference/page.js');
  process.stdout.write(referencePage());
  return EXIT.clean;
}
