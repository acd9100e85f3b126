/** `sluice directory`: who may do what, checked before it counts, and asked as the gate would ask it. */
import { readArguments } from './arguments.js';
import type { Command } from './command.js';
import { type DirectoryValues, HELP_PAGE, OPTIONS } from './directory/options.js';
import type { Exit } from './exit.js';
import { usage } from './failure.js';

type Verb = (words: readonly string[], values: DirectoryValues) => Promise<Exit>;

const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  check: async () => (await import('./directory/check.js')).check,
  show: async () => (await import('./directory/show.js')).show,
  stats: async () => (await import('./directory/stats.js')).stats,
};

export const command: Command = { help: () => HELP_PAGE, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [verb, ...words] = positionals;
  if (verb === undefined || !Object.hasOwn(VERBS, verb))
    throw usage(`directory takes one of ${Object.keys(VERBS).join(', ')}`);
  return (await VERBS[verb]())(words, values);
}
