/** `sluice run --stdio`: one line in, one line out, incidents on stderr. Ends with the input. */
import { randomBytes } from 'node:crypto';
import type { Surface } from '../../message.js';
import type { Topics } from '../../pipeline/topics.js';
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import { STDIO_TOPIC, Stdio } from '../../transports/stdio.js';
import { EXIT, type Exit } from '../exit.js';
import { openGate, topicsOf } from './gate.js';

const KEY_BYTES = 32;

export async function runStdio(settings: Settings, surface: Surface): Promise<Exit> {
  // Where there is nowhere to keep things, what could not be scanned is withheld: the sender still has it.
  const topics: Topics = { ...topicsOf(settings), inputs: { [STDIO_TOPIC]: surface }, quarantine: '' };
  const transport = new Stdio({
    input: process.stdin,
    output: process.stdout,
    incidents: process.stderr,
    topics,
    clock: Date.now,
  });
  // Nothing is kept, so nothing is swallowed either: there is no reason to pause.
  // Without a key of one's own, references are of this run alone: a pipe leaves no file behind.
  const key = settings.key ?? randomBytes(KEY_BYTES).toString('base64');
  const gate = await openGate({ ...settings, key, quarantineShareMax: 1 }, events(), { transport, topics });
  const stop = new AbortController();
  process.once('SIGTERM', () => stop.abort());
  process.once('SIGINT', () => stop.abort());
  await gate.run(stop.signal);
  return EXIT.clean;
}
