/** `sluice run` with the worker that misbehaves: `node faulty-gate.js SETTINGS [--once]`. */
import { readSettings } from '../../src/commands/run/read-settings.js';
import { serve } from '../../src/commands/run/serve.js';

const [file, once] = process.argv.slice(2);
const settings = readSettings({ flags: {}, env: {}, file });
process.exitCode = await serve(settings, {
  once: once === '--once',
  worker: new URL('./bad-worker.js', import.meta.url),
});
