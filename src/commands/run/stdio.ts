/** `sluice run --stdio`: one line in, one line out, incidents on stderr. Ends with the input. */
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import { STDIO_TOPIC, Stdio } from '../../transports/stdio.js';
import { EXIT, type Exit } from '../exit.js';
import { usage } from '../failure.js';
import { openGate, topicsOf } from './gate.js';

export async function runStdio(settings: Settings): Promise<Exit> {
  if (settings.brokers.length > 0) throw usage('--stdio and --brokers: one of the two');
  const withStdio: Settings = { ...settings, topics: { ...settings.topics, inputs: { [STDIO_TOPIC]: 'prompt' } } };
  const transport = new Stdio({
    input: process.stdin,
    output: process.stdout,
    incidents: process.stderr,
    topics: topicsOf(withStdio),
    clock: Date.now,
  });
  const gate = await openGate(withStdio, events(), { transport });
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  await gate.run(stop.signal);
  return EXIT.clean;
}
