/** A gate as a service: with its log, its metrics and probes, watched over, until it is told to stop or cannot go on. */
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import { logged, openLog } from '../../telemetry/log.js';
import { Metrics } from '../../telemetry/metrics.js';
import { EXIT, type Exit } from '../exit.js';
import { exitOf, failureOf, sentence } from '../failure.js';
import { type Gate, type GateOptions, openGate } from './gate.js';
import { stopOnSignal, watchMemory } from './guard.js';

export async function serve(settings: Settings, options: GateOptions): Promise<Exit> {
  const log = openLog(settings.logLevel);
  const held: { gate?: Gate; stopping: boolean } = { stopping: false };
  const metrics = new Metrics(() => gaugesOf(held.gate));
  const gate = await openGate(settings, events(logged(log), metrics), {
    ...options,
    onFault: (fault) => log.warn({ event: 'fault', fault }),
  });
  held.gate = gate;
  if (settings.metricsPort > 0) {
    const { openEndpoint } = await import('../../telemetry/endpoint.js');
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
  const watch = watchMemory(settings.rssMbMax, gate.pool, log);
  try {
    await gate.run(stop.signal);
    stop.settled();
    log.info({ event: 'stopped' });
    // The client's own retries against brokers that are away would hold the process for as long as they go on.
    process.exit(EXIT.clean);
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
  const threads = gate?.threads?.counts();
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
    lags: gate?.transport.status().lags ?? [],
    workers: threads?.counters ?? {},
    workerStages: threads?.stages ?? new Map(),
  };
}
