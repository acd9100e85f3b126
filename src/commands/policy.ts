/** `sluice policy`: a policy checked, tested, told, compared, before it decides about anybody. */
import { readArguments } from './arguments.js';
import type { Command } from './command.js';
import type { Exit } from './exit.js';
import { usage } from './failure.js';
import { HELP_PAGE, OPTIONS, type PolicyValues } from './policy/options.js';

type Verb = (files: readonly string[], values: PolicyValues) => Promise<Exit>;

const VERBS: Readonly<Record<string, () => Promise<Verb>>> = {
  check: async () => (await import('./policy/check.js')).check,
  test: async () => (await import('./policy/check.js')).test,
  explain: async () => (await import('./policy/explain.js')).explain,
  diff: async () => (await import('./policy/diff.js')).diff,
  publish: async () => (await import('./policy/publish.js')).publish,
  schema: async () => (await import('./policy/schema.js')).schema,
};

export const command: Command = { help: () => HELP_PAGE, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [verb, ...files] = positionals;
  if (verb === undefined || !Object.hasOwn(VERBS, verb))
    throw usage(`policy takes one of ${Object.keys(VERBS).join(', ')}`);
  return (await VERBS[verb]())(files, values);
}
