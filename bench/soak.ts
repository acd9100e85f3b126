/**
 * `npm run soak`: the long form of the fault suite, with ten times the records, and a load of minutes under which the gate's
 * memory is watched. Keeps a record beside those of the benches; fails when a fault test does, or memory grows.
 */
import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { idempotentProducer, openKafka } from '../src/transports/kafka-client.js';
import { sendTo } from '../src/transports/kafka-send.js';
import { freePorts } from '../test/kit/free-ports.js';
import { GateWorld } from '../test/kit/gate-process.js';
import { startTestBrokers } from '../test/kit/test-brokers.js';
import { print, record } from './harness.js';
import { MetricsPage } from './metrics-page.js';
import { messagesOf } from './workload.js';

const RUNNER = fileURLToPath(new URL('../../scripts/test.mjs', import.meta.url));
const PARTITIONS = 6;
const THREADS = 2;
/** Records that are produced and not yet judged: enough that the gate never waits. */
const AHEAD_MAX = 4_000;
const PIECE = 60;
const RSS_MB_MAX = 400;
/** How much more the last quarter may take than the first after the warm-up: a leak takes more in ten minutes. */
const GROWTH_MAX = 1.15;

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: '10' },
    /** A regular expression over the names of the fault tests. */
    faults: { type: 'string' },
    'no-record': { type: 'boolean', default: false },
  },
});

const faults = await runFaults(values.records, values.faults);
const load = await runLoad(Number(values.minutes));
if (!values['no-record']) console.log(`recorded in ${record('soak', { ...faults, ...load })}`);
const flat = (load['soak_rss_growth'] ?? 0) <= GROWTH_MAX && (load['soak_rss_mb'] ?? 0) <= RSS_MB_MAX;
if (!flat) console.error(`memory: more than ${RSS_MB_MAX} MB, or it grows`);
process.exitCode = flat && faults['soak_failed'] === 0 && faults['soak_passed'] !== 0 ? 0 : 1;

async function runFaults(records: string, pattern: string | undefined): Promise<Record<string, number>> {
  const begun = performance.now();
  const args = [RUNNER, '--fault', ...(pattern === undefined ? [] : [`--name=${pattern}`])];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, SLUICE_TEST_RECORDS: records },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said = (said + chunk).slice(-1_000);
    process.stdout.write(chunk);
  });
  await new Promise((resolve) => child.once('close', resolve));
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(said) ?? [];
  return {
    soak_records_a_fault: Number(records),
    soak_passed: Number(passed ?? 0),
    soak_failed: Number(failed ?? 1),
    soak_faults_minutes: (performance.now() - begun) / 60_000,
  };
}

/** As much as the gate takes, for so long. */
async function runLoad(minutes: number): Promise<Record<string, number>> {
  const { brokers, stop } = await startTestBrokers();
  const [metricsPort] = (await freePorts(1)) as [number];
  const settings = { threads: THREADS, metricsPort, logLevel: 'warn' };
  let figures: Record<string, number> = {};
  try {
    await GateWorld.with({ brokers, partitions: PARTITIONS, settings }, async (world) => {
      const gate = world.start();
      const producer = idempotentProducer(openKafka({ brokers, clientId: 'soak' }));
      await producer.connect();
      try {
        const topic = world.inputTopics[0] as string;
        const messages = messagesOf({ bytes: 2048, share: 0.3 }, 6_000);
        let sent = 0;
        const send = async (): Promise<void> => {
          const piece = Array.from({ length: PIECE }, (_, i) => ({
            value: messages[(sent + i) % messages.length] as string,
            partition: (sent / PIECE) % PARTITIONS,
          }));
          await sendTo(producer, topic, piece);
          sent += PIECE;
        };
        const page = new MetricsPage(metricsPort);
        const begun = Date.now();
        const end = begun + minutes * 60_000;
        while (Date.now() < end) {
          if (!gate.running) throw new Error(`the gate ended:\n${gate.words.slice(-2000)}`);
          await page.look();
          if (sent - page.judged < AHEAD_MAX) await send();
          else await pause(20);
        }
        const seconds = (Date.now() - begun) / 1000;
        for (const late = Date.now() + 60_000; page.judged < sent && Date.now() < late; await pause(100))
          await page.look();
        if (page.judged !== sent) throw new Error(`${sent} in, ${page.judged} out`);
        figures = { ...page.figures(), soak_load_minutes: minutes, soak_records_per_s: sent / seconds };
      } finally {
        await producer.disconnect();
      }
    });
  } finally {
    await stop();
  }
  const growth = figures['soak_rss_growth'];
  const drift =
    growth === undefined ? 'too short to tell whether it grows' : `last over first quarter ${growth.toFixed(2)}`;
  print('memory under load', figures['soak_rss_mb'] ?? 0, 'MB', drift);
  print('records under load', figures['soak_records_per_s'] ?? 0, 'a second');
  return figures;
}
