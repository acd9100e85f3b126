/** `sluice schemas`: what is read and written, as JSON Schema, for those who write producers and consumers in other languages. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { Failed, usage } from './failure.js';

const OPTIONS = { ...HELP } as const satisfies Options;

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { positionals } = readArguments(args, OPTIONS);
  if (positionals.length !== 1) throw usage('schemas takes one folder to write to');
  const { jsonSchemas } = await import('./schemas/contracts.js');
  try {
    mkdirSync(positionals[0], { recursive: true });
    for (const [name, schema] of Object.entries(jsonSchemas())) {
      writeFileSync(join(positionals[0], `${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
    }
  } catch {
    throw new Failed({ code: 'FILE_UNWRITABLE', subject: 'the folder for schemas' });
  }
  return EXIT.clean;
}

function help(): string {
  return `sluice schemas: what the gate reads and writes, as JSON Schema (draft 2020-12)

Usage: sluice schemas FOLDER

${optionLines(OPTIONS)}
`;
}
