/**
 * Finds a file of this package that is read at run time. It stands beside the code; in a program that was put together with
 * a bundler it is looked for there, and then in the installed package.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** `beside` may not exist; `path` is that of the file in the package. */
export function packageFile(beside: URL, path: string): URL {
  if (existsSync(fileURLToPath(beside))) return beside;
  try {
    const found = createRequire(import.meta.url).resolve('phi-sluice/package.json');
    return new URL(path, pathToFileURL(found));
  } catch {
    return beside;
  }
}
