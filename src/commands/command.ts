/** What a subcommand is: a help page and something to run. Each stands in a file of its own, loaded when called for. */
import type { Exit } from './exit.js';

export interface Command {
  help(): string;
  run(args: readonly string[]): Promise<Exit>;
}
