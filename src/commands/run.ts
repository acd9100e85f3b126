/**
 * `sluice run`: the gate at work, on Kafka or on the embedded journal, until it is told to stop. Ends with 0 after a clean
 * stop and with another code after anything else, so that whoever watches the process starts it again.
 */
import { stringify } from 'yaml';
import { masked } from '../settings.js';
import { readArguments } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { usage } from './failure.js';
import { flagsOf, help, OPTIONS, refuseConflicts, surfaceOf } from './run/options.js';
import { readSettings } from './run/read-settings.js';

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  if (positionals.length > 0) throw usage('run takes no files: see sluice scan');
  const demo = values.demo === true;
  const settings = readSettings({ flags: flagsOf(values), env: process.env, file: values.config });
  refuseConflicts(values, settings);
  if (values['print-config'] === true) {
    process.stdout.write(stringify(masked(settings)));
    return EXIT.clean;
  }
  if (settings.without.length > 0) {
    const names = settings.without.join(', ');
    process.stderr.write(`sluice: without ${names}: such rules are left out, and every audit entry says so\n`);
  }
  if (demo) {
    const { runDemo } = await import('./run/demo.js');
    return runDemo(settings, values);
  }
  if (values.stdio === true) {
    const { runStdio } = await import('./run/stdio.js');
    return runStdio(settings, surfaceOf(values));
  }
  const { serve } = await import('./run/serve.js');
  return serve(settings, { once: values.once === true });
}
