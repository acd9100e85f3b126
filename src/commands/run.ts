/**
 * `sluice run`: the gate at work, on Kafka or on the embedded journal, until it is told to stop. Ends with 0 after a clean
 * stop and with another code after anything else, so that whoever watches the process starts it again.
 */
import { stringify } from 'yaml';
import { SluiceError } from '../errors.js';
import { drainMs } from '../limits.js';
import { ThreadPool } from '../pool/threads.js';
import { masked, type Settings } from '../settings.js';
import { events } from '../telemetry/events.js';
import { type Logger, logged, openLog } from '../telemetry/log.js';
import { Metrics } from '../telemetry/metrics.js';
import { readArguments } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { exitOf, failureOf, sentence, usage } from './failure.js';
import { type Gate, openGate } from './run/gate.js';
import { flagsOf, help, OPTIONS } from './run/options.js';
import { readSettings } from './run/read-settings.js';

const MEMORY_WATCH_MS = 250;

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  if (positionals.length > 0) throw usage('run takes no files: see sluice scan');
  const demo = values.demo === true;
  const settings = readSettings({ flags: flagsOf(values), env: process.env, file: values.config });
  if (values['print-config'] === true) {
    process.stdout.write(stringify(masked(settings)));
    return EXIT.clean;
  }
  if (demo) {
    const { runDemo } = await import('./run/demo.js');
    return runDemo(settings, values);
  }
  if (values.stdio === true) {
    const { runStdio } = await import('./run/stdio.js');
    return runStdio(settings);
  }
  return runGate(settings, values.once === true);
}

async function runGate(settings: Settings, once: boolean): Promise<Exit> {
  const log = openLog(settings.logLevel);
  const held: { gate?: Gate; stopping: boolean } = { stopping: false };
  const metrics = new Metrics(() => gaugesOf(held.gate));
  const gate = await openGate(settings, events(logged(log), metrics), {
    once,
    onFault: (fault) => log.warn({ event: 'fault', fault }),
  });
  held.gate = gate;
  if (settings.metricsPort > 0) {
    const { openEndpoint } = await import('../telemetry/endpoint.js');
    await openEndpoint(settings.metricsHost, settings.metricsPort, metrics.registry, {
      unready: () => unready(gate, held.stopping),
    });
  }
  log.info({
    event: 'started',
    transport: settings.brokers.length > 0 ? 'kafka' : 'journal',
    plan: gate.plan.digest,
    engine: gate.pool.engine,
    threads: settings.threads,
  });
  const stop = stopOnSignal(log, () => (held.stopping = true));
  const watch = watchMemory(settings.rssMbMax, log);
  try {
    await gate.run(stop);
    log.info({ event: 'stopped' });
    return EXIT.clean;
  } catch (error) {
    // The worker threads and the client may hold the event loop: what went wrong is said, and the process ends here.
    const failure = failureOf(error);
    log.fatal({ event: 'failed', code: failure.code, subject: failure.subject });
    process.stderr.write(`sluice: ${sentence(failure)}\n`);
    process.exit(exitOf(failure));
  } finally {
    clearInterval(watch);
  }
}

/** The first signal drains within the bound; the second ends at once: what was not committed is done again. */
export function stopOnSignal(log: Logger | undefined, told: () => void): AbortSignal {
  const stop = new AbortController();
  let signals = 0;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals++;
    log?.info({ event: 'signal', signal, signals });
    if (signals > 1) process.exit(EXIT.failed);
    told();
    stop.abort();
    setTimeout(() => {
      const failure = failureOf(new SluiceError('DRAIN_TIMEOUT'));
      process.stderr.write(`sluice: ${sentence(failure)}\n`);
      process.exit(exitOf(failure));
    }, drainMs).unref();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return stop.signal;
}

/** Memory outside of a heap has no bound of its own: past this one the process ends, and is started again with nothing lost. */
function watchMemory(rssMbMax: number, log: Logger): NodeJS.Timeout {
  return setInterval(() => {
    if (process.memoryUsage.rss() <= rssMbMax * 1024 * 1024) return;
    const failure = failureOf(new SluiceError('MEMORY_EXCEEDED'));
    log.fatal({ event: 'failed', code: failure.code });
    process.stderr.write(`sluice: ${sentence(failure)}\n`);
    process.exit(exitOf(failure));
  }, MEMORY_WATCH_MS).unref();
}

function unready(gate: Gate, stopping: boolean): readonly string[] {
  const { joined, lanes } = gate.transport.status();
  const reasons: string[] = [];
  if (stopping) reasons.push('stopping');
  if (!joined) reasons.push('not joined');
  if (joined && lanes === 0) reasons.push('no partitions');
  if (gate.pipeline.status().paused) reasons.push('paused: too much could not be scanned');
  return reasons;
}

function gaugesOf(gate: Gate | undefined) {
  const pool = gate?.pool.status();
  const pipeline = gate?.pipeline.status();
  return {
    inFlightBytes: pipeline?.inFlightBytes ?? 0,
    queuedPacks: pool?.queued ?? 0,
    runningPacks: pool?.running ?? 0,
    threads: pool?.threads ?? 0,
    workerRestarts: pool?.restarts ?? 0,
    retries: pool?.retries ?? 0,
    slots: pipeline?.slots ?? 0,
    lanes: gate?.transport.status().lanes ?? 0,
    paused: pipeline?.paused ?? false,
    workers: gate?.pool instanceof ThreadPool ? gate.pool.counts() : {},
  };
}
