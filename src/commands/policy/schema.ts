/** `sluice policy schema`: the language as JSON Schema, for editors that check while a policy is written. */

import { EXIT, type Exit } from '../exit.js';
import { jsonSchemas } from '../schemas/contracts.js';
import { only } from './options.js';

export async function schema(files: readonly string[]): Promise<Exit> {
  only(files, 0, 'schema takes no file');
  process.stdout.write(`${JSON.stringify(jsonSchemas().policy, null, 2)}\n`);
  return EXIT.clean;
}
