/** What ends a running gate from outside: signals, and memory. */
import { SluiceError } from '../../errors.js';
import { drainMs } from '../../limits.js';
import type { Pool } from '../../pool/pool.js';
import type { Logger } from '../../telemetry/log.js';
import { EXIT } from '../exit.js';
import { exitOf, failureOf, sentence } from '../failure.js';

const MEMORY_WATCH_MS = 100;
/** How long memory may take to fall once the threads were replaced. */
const GRACE_MS = 2_000;

export interface Stopping {
  readonly signal: AbortSignal;
  /** All is settled: there is nothing left to be late for. */
  settled(): void;
}

/** The first signal drains within the bound; the second ends at once: what was not committed is done again. */
export function stopOnSignal(log: Logger | undefined, told: () => void): Stopping {
  const stop = new AbortController();
  let signals = 0;
  let late: NodeJS.Timeout | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    signals++;
    log?.info({ event: 'signal', signal, signals });
    if (signals > 1) process.exit(EXIT.failed);
    told();
    stop.abort();
    late = setTimeout(() => {
      const failure = failureOf(new SluiceError('DRAIN_TIMEOUT'));
      process.stderr.write(`sluice: ${sentence(failure)}\n`);
      process.exit(exitOf(failure));
    }, drainMs).unref();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return { signal: stop.signal, settled: () => clearTimeout(late) };
}

/**
 * Memory outside of a heap has no bound of its own. Past this one the busy worker threads are replaced, so that the message
 * that took it is found like any other that kills a thread; if that does not help, the process ends, to be started again.
 */
export function watchMemory(rssMbMax: number, pool: Pool, log: Logger): NodeJS.Timeout {
  let since: number | undefined;
  return setInterval(() => {
    if (process.memoryUsage.rss() <= rssMbMax * 1024 * 1024) {
      since = undefined;
      return;
    }
    if (since === undefined) {
      since = Date.now();
      log.warn({ event: 'memory', threads: pool.recycle() });
    }
    if (Date.now() - since < GRACE_MS) return;
    const failure = failureOf(new SluiceError('MEMORY_EXCEEDED'));
    log.fatal({ event: 'failed', code: failure.code });
    process.stderr.write(`sluice: ${sentence(failure)}\n`);
    process.exit(exitOf(failure));
  }, MEMORY_WATCH_MS).unref();
}
