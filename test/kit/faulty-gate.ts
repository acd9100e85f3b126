/** `sluice run --once` with the worker that misbehaves: `node faulty-gate.js JOURNAL RSS_MB DEADLINE_MS`. */
import { serve } from '../../src/commands/run/serve.js';
import { settingsSchema } from '../../src/settings.js';

const [journal, rssMbMax, deadlineMs] = process.argv.slice(2);
const settings = settingsSchema.parse({
  journal,
  rssMbMax: Number(rssMbMax),
  deadlineMs: Number(deadlineMs),
  threads: 2,
  quarantineShareMax: 1,
  logLevel: 'debug',
});
process.exitCode = await serve(settings, { once: true, worker: new URL('./bad-worker.js', import.meta.url) });
