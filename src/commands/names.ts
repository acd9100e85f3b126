/**
 * What to call a file on stderr. Names of files carry identifiers too, and a person may pass a text where a file
 * belongs; stderr ends up in logs. So a name goes through the engine like any other text.
 */
import type { Engine } from '../engine/engine.js';

let engine: Engine | undefined;

export async function shownName(file: string): Promise<string> {
  try {
    engine ??= (await import('../engine/engine.js')).createEngine();
    return engine.redact(file).content;
  } catch {
    return '(a file)';
  }
}
