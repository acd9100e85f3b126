#!/usr/bin/env node
/**
 * The command line: finds the subcommand and turns whatever happens into an exit code and, at most, one coded sentence
 * on stderr. Subcommands are loaded when they are called for, so that the start stays fast.
 */
import { unknown } from './commands/arguments.js';
import type { Command } from './commands/command.js';
import { EXIT, type Exit } from './commands/exit.js';
import { exitOf, Failed, failureOf, sentence, usage } from './commands/failure.js';
import { VERSION } from './version.js';

interface Entry {
  readonly about: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  scan: { about: 'find and redact identifiers in files, folders or a pipe', load: () => import('./commands/scan.js') },
  run: { about: 'the gate at work: Kafka, a journal or a pipe', load: () => import('./commands/run.js') },
  directory: { about: 'who may do what: check, show, stats', load: () => import('./commands/directory.js') },
  policy: { about: 'a policy: check, test, explain, compare', load: () => import('./commands/policy.js') },
  topics: { about: 'create or check the topics on a Kafka cluster', load: () => import('./commands/topics.js') },
  incidents: { about: 'what the gate has raised, as it happens', load: () => import('./commands/incidents.js') },
  quarantine: {
    about: 'what could not be scanned: list, show, hand in again',
    load: () => import('./commands/quarantine.js'),
  },
  approvals: {
    about: 'what waits for a person: list, show, approve, deny',
    load: () => import('./commands/approvals.js'),
  },
  roster: { about: 'know other patients’ identifiers without holding any', load: () => import('./commands/roster.js') },
  bench: { about: 'how fast the gate is on a cluster of yours', load: () => import('./commands/bench.js') },
  demo: { about: 'watch the gate at work on six invented conversations', load: () => import('./commands/demo.js') },
  schemas: {
    about: 'write what the gate reads and writes as JSON Schema',
    load: () => import('./commands/schemas.js'),
  },
  reference: {
    about: 'print every error code, category, rule and label, as Markdown',
    load: () => import('./commands/reference.js'),
  },
};

const HELP = `sluice: finds and redacts the eighteen HIPAA identifiers in what AI agents say

Usage: sluice COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, { about }]) => `  ${name.padEnd(12)}${about}`)
  .join('\n')}
  ${'help'.padEnd(12)}explain a command: sluice help scan

  -h, --help      this page
  -v, --version   the version

Try: echo 'MRN: 00482913 admitted overnight' | sluice scan
`;

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(
    error.code === 'EPIPE' ? EXIT.readerGone : report(new Failed({ code: 'FILE_UNWRITABLE', subject: 'stdout' })),
  );
});
process.on('uncaughtException', (error) => process.exit(report(error)));
process.exitCode = await main(process.argv.slice(2)).catch(report);

async function main(args: readonly string[]): Promise<Exit> {
  const [first, ...rest] = args;
  if (first === undefined) {
    process.stderr.write(HELP);
    return EXIT.usage;
  }
  if (first === '--version' || first === '-v') return print(`${VERSION}\n`);
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) return print(HELP);
  if (first === 'help') return print((await find(rest[0])).help());
  const command = await find(first);
  if (helpWanted(rest)) return print(command.help());
  return command.run(rest);
}

async function find(name: string): Promise<Command> {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry !== undefined) return (await entry.load()).command;
  const known = Object.keys(COMMANDS);
  throw usage(name.startsWith('-') ? unknown('option', name, ['help', 'version']) : unknown('command', name, known));
}

/** Asked for anywhere before `--`, help is all that is given. */
function helpWanted(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === '--help' || arg === '-h');
}

function print(text: string): Exit {
  process.stdout.write(text);
  return EXIT.clean;
}

function report(error: unknown): Exit {
  const failure = failureOf(error);
  const hint = error instanceof Failed && failure.code === 'USAGE' ? `Try: sluice ${hinted()}--help\n` : '';
  process.stderr.write(`sluice: ${sentence(failure)}\n${hint}`);
  return exitOf(failure);
}

function hinted(): string {
  const name = process.argv[2] ?? '';
  return Object.hasOwn(COMMANDS, name) ? `${name} ` : '';
}
